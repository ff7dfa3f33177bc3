import { formatVerifierKey, noteKey, signCheckpoint } from '@tidemark/proof'
import { exampleEvents, exampleOrigin, workedExample } from './worked-example.js'

/** What a log wrote for the worked example. */
export type ExampleFiles = {
  readonly wal: Buffer
  readonly bundle: Buffer
  readonly key: Buffer
  readonly vault: Buffer
  readonly people: Buffer
  readonly ids: Buffer
  /** The first frame of the class authentication, decrypted and decompressed. */
  readonly frame: Buffer
  readonly leafClasses: Uint8Array
}

/** The blocks of docs/ledger-format.md by their names: what was worked out by hand, and the files of a real log. */
export function workedExampleBlocks(files: ExampleFiles): Record<string, string> {
  const { authentication, data, ada, bob, events, leaves, hashes, left, right, root } = workedExample()
  const signer = noteKey(exampleOrigin, Buffer.alloc(32, 0x42))
  return {
    keys: table([
      ['authentication', 'data key', hex(authentication.dataKey)],
      ['', 'salt key', hex(authentication.saltKey)],
      ['data', 'data key', hex(data.dataKey)],
      ['', 'salt key', hex(data.saltKey)],
      ['record 0 (Ada)', 'salt', hex(ada.salt)],
      ['record 1 (Bob)', 'salt', hex(bob.salt)],
    ]),
    parts: events
      .flatMap(({ core, content }, i) => [
        `leaf ${i + 1}  core      ${core}`,
        `        personal  ${exampleEvents[i]?.personal}`,
        `        content   ${content || '(none)'}`,
      ])
      .join('\n'),
    salts: table(
      events.flatMap(({ salts }, i) => [
        [`leaf ${i + 1}`, 'core', hex(salts.core)],
        ['', 'content', hex(salts.content)],
      ]),
    ),
    digests: table(
      events.flatMap(({ digests, commit }, i) => [
        [`leaf ${i + 1}`, 'core', hex(digests.core)],
        ['', 'personal', hex(digests.personal)],
        ['', 'content', hex(digests.content)],
        ['', 'commit', hex(commit)],
      ]),
    ),
    entries: leaves.map(({ entry }) => entry).join('\n'),
    hashes: table([
      ...hashes.map((hash, i) => [`leaf ${i}`, hex(hash)]),
      ['leaves 0-1', hex(left)],
      ['leaves 2-3', hex(right)],
      ['root', hex(root)],
    ]),
    checkpoint: `${signCheckpoint({ origin: exampleOrigin, size: 4, root }, [signer])}`.trimEnd(),
    verifier: formatVerifierKey(signer),
    wal: files.wal.toString().trimEnd(),
    bundle: hexLines(files.bundle.subarray(0, 64)),
    key: files.key.toString().trimEnd(),
    frame: hexLines(files.frame),
    locator: hex(files.leafClasses),
    vault: files.vault.toString().trimEnd(),
    people: [0, 96].flatMap((at) => slotLines(files.people.subarray(at, at + 96))).join('\n'),
    ids: idLines(files.ids).join('\n'),
  }
}

const slotLines = (slot: Buffer): string[] => [
  `person hash  ${hex(slot.subarray(0, 32))}`,
  `nonce        ${hex(slot.subarray(32, 44))}`,
  `wrapped key  ${hex(slot.subarray(44, 92))}`,
  `             ${hex(slot.subarray(92))}`,
]

function idLines(run: Buffer): string[] {
  const bodyAt = run.indexOf(0x0a) + 1
  const entriesAt = bodyAt + 257 * 4
  const entries = Array.from({ length: (run.length - entriesAt) / 5 }, (_, i) => {
    const at = entriesAt + 5 * i
    return `${hex(run.subarray(at, at + 3))} ${hex(run.subarray(at + 3, at + 5))}`
  })
  return [run.toString('utf8', 0, bodyAt - 1), ...entries]
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** 24 bytes to a line, as text beside them where they are printable. */
function hexLines(bytes: Buffer): string {
  return Array.from({ length: Math.ceil(bytes.length / 24) }, (_, i) => {
    const line = bytes.subarray(24 * i, 24 * (i + 1))
    return `${hex(line).padEnd(48)}  ${line.toString('latin1').replaceAll(/[^ -~]/g, '.')}`
  }).join('\n')
}
