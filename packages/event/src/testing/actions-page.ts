import { actionGroups, actions, actionsFor } from '../catalogue/catalogue.js'
import { categoryRules } from '../catalogue/category-rules.js'
import type { CatalogueAction } from '../catalogue/entry.js'
import { isoControls } from '../catalogue/iso-controls.js'
import { retentionDefaults } from '../catalogue/retention-defaults.js'
import { soc2Criteria } from '../catalogue/soc2-criteria.js'

/** docs/actions.md, made from the catalogue. */
export const actionsPage = (): string =>
  [
    '# Actions',
    '',
    `The ${actions.length} actions that Tidemark knows. Yours may have any other name of the form \`noun.verb\`: the rules below then`,
    'choose its category. An action decides how long its events are kept and for which controls they are evidence.',
    '',
    'Privileged (●) are acts that take special rights. *SOC 2* names Trust Services Criteria. *2022* and *2013* name the Annex A',
    'controls of both editions of ISO/IEC 27001, without `A.`; every event is also evidence of 8.15 (2013: 12.4.1) logging, and every',
    'privileged one of 12.4.3 administrator and operator logs, so these are left out of the table.',
    '',
    'Made from `packages/event/src/catalogue`; a test keeps it current.',
    '',
    ...actionGroups.flatMap(({ title, actions: group }) => [`## ${title}`, '', ...actionTable(group), '']),
    ...ruleLines(),
    ...retentionLines(),
    ...criteriaLines(),
    ...controlLines(),
  ].join('\n')

function actionTable(group: readonly CatalogueAction[]): string[] {
  const row = (entry: CatalogueAction) =>
    `| \`${entry.action}\` | ${entry.title} | ${entry.category} | ${entry.retentionClass} | ${entry.privileged ? '●' : ''} | ${entry.soc2.join(' ')} | ${numbers(entry.iso2022, ['A.8.15'])} | ${numbers(entry.iso2013, ['A.12.4.1', 'A.12.4.3'])} |`
  return [
    '| action | what happened | category | kept as | | SOC 2 | 2022 | 2013 |',
    '|---|---|---|---|---|---|---|---|',
    ...group.map(row),
  ]
}

const numbers = (ids: readonly string[], without: readonly string[]) =>
  ids
    .filter((id) => !without.includes(id))
    .map((id) => id.slice(2))
    .join(' ')

function ruleLines(): string[] {
  const order: { category: string; patterns: string[] }[] = []
  for (const { pattern, category } of categoryRules) {
    if (order.at(-1)?.category !== category) order.push({ category, patterns: [] })
    order.at(-1)!.patterns.push(`\`${pattern}\``)
  }
  const rows = order.map(({ category, patterns }) => `| ${patterns.join(' ')} | ${category} |`)
  return [
    '## Actions that are not in this list',
    '',
    'The first rule that fits gives the category.',
    '',
    '| action | category |',
    '|---|---|',
    ...rows,
    '',
  ]
}

function retentionLines(): string[] {
  const years = (days: number | null) =>
    days === null ? '–' : days % 365 === 0 ? `${days / 365} year${days === 365 ? '' : 's'}` : `${days} days`
  const rows = retentionDefaults.map(
    (row) =>
      `| ${row.retentionClass} | ${row.label} | ${years(row.keepDays)} | ${years(row.soc2Days)} | ${row.iso27001} | ${row.rationale} |`,
  )
  return [
    '## Retention classes',
    '',
    'What a tenant starts with. SOC 2 itself fixes no periods: the column says what auditors commonly expect.',
    '',
    '| class | events | kept | SOC 2 | ISO 27001 | why |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ]
}

function criteriaLines(): string[] {
  const rows = soc2Criteria.map(({ id, topic }) => `| ${id} | ${topic} | ${actionsFor(id).length} |`)
  return ['## SOC 2 criteria', '', '| criterion | in our words | actions |', '|---|---|---|', ...rows, '']
}

function controlLines(): string[] {
  const rows = isoControls.map(
    ({ id, topic, from2013 }) =>
      `| ${id} | ${topic} | ${from2013.join(', ') || 'new'} | ${id === 'A.8.15' ? 'all' : actionsFor(id).length} |`,
  )
  return [
    '## ISO/IEC 27001 Annex A, 2022 and 2013',
    '',
    '| 2022 | topic | 2013 | actions |',
    '|---|---|---|---|',
    ...rows,
    '',
  ]
}
