/** A command as completion sees it. */
export type CommandWords = {
  readonly name: string
  readonly description: string
  readonly options: readonly { readonly name: string; readonly description: string }[]
  readonly commands: readonly CommandWords[]
}

/** A script for a shell that completes the commands, their subcommands and their options; files everywhere else. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', program: CommandWords): string {
  if (shell === 'bash') return bash(program)
  return shell === 'zsh' ? zsh(program) : fish(program)
}

function bash(program: CommandWords): string {
  const cases = program.commands.flatMap((command) => [
    `    ${command.name}) words="${wordList(command)}" ;;`,
    ...command.commands.map((sub) => `    "${command.name} ${sub.name}") words="${wordList(sub)}" ;;`),
  ])
  return `# tidemark completion for bash
_tidemark() {
  local current="\${COMP_WORDS[COMP_CWORD]}" first="\${COMP_WORDS[1]}" second="\${COMP_WORDS[2]}" words=""
  local place="$first"
  case "$first" in ${program.commands
    .filter(({ commands }) => commands.length > 0)
    .map(({ name }) => name)
    .join('|')}) [ "$COMP_CWORD" -gt 2 ] && place="$first $second" ;; esac
  [ "$COMP_CWORD" -eq 1 ] && place=""
  case "$place" in
    "") words="${wordList(program)} help" ;;
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -eq 0 ] && COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _tidemark tidemark
`
}

const wordList = ({ commands, options }: CommandWords) =>
  [...commands.map(({ name }) => name), ...options.map(({ name }) => name)].join(' ')

function zsh(program: CommandWords): string {
  const cases = program.commands.map((command) => {
    const subs = command.commands.map((sub) => `        ${sub.name}) _arguments ${zshOptions(sub)} '*:file:_files' ;;`)
    if (subs.length === 0) return `    ${command.name}) _arguments ${zshOptions(command)} '*:file:_files' ;;`
    return `    ${command.name})
      if (( CURRENT == 3 )); then
        local -a subcommands=(${command.commands.map(zshItem).join(' ')})
        _describe 'command' subcommands
      else
        case "$words[3]" in
${subs.join('\n')}
        esac
      fi ;;`
  })
  return `#compdef tidemark
# tidemark completion for zsh
_tidemark() {
  if (( CURRENT == 2 )); then
    local -a commands=(${program.commands.map(zshItem).join(' ')})
    _describe 'command' commands
    return
  fi
  case "$words[2]" in
${cases.join('\n')}
  esac
}
_tidemark "$@"
`
}

const zshItem = ({ name, description }: CommandWords) => `'${name}:${quoted(description)}'`
const zshOptions = ({ options }: CommandWords) =>
  options.map(({ name, description }) => `'${name}[${quoted(description).replace(/[[\]:]/g, ' ')}]'`).join(' ')

function fish(program: CommandWords): string {
  const lines = program.commands.flatMap((command) => {
    const inCommand = `__fish_seen_subcommand_from ${command.name}`
    const own = command.options.map((option) => fishOption(inCommand, option))
    const subs = command.commands.flatMap((sub) => {
      const others = command.commands.map(({ name }) => name).join(' ')
      const condition = `${inCommand}; and not __fish_seen_subcommand_from ${others}`
      return [
        `complete -c tidemark -f -n '${condition}' -a '${sub.name}' -d '${quoted(sub.description)}'`,
        ...sub.options.map((option) => fishOption(`${inCommand}; and __fish_seen_subcommand_from ${sub.name}`, option)),
      ]
    })
    const self = `complete -c tidemark -f -n __fish_use_subcommand -a '${command.name}' -d '${quoted(command.description)}'`
    return [self, ...own, ...subs]
  })
  return `# tidemark completion for fish\n${lines.join('\n')}\n`
}

const fishOption = (condition: string, { name, description }: CommandWords['options'][number]) =>
  `complete -c tidemark -n '${condition}' -l '${name.slice(2)}' -d '${quoted(description)}'`

/** Safe inside single quotes of all three shells. */
const quoted = (text: string) => text.replaceAll("'", '’').replaceAll('\\', '')
