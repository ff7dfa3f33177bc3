import { Command, type Help } from 'commander'
import { commands } from './commands/commands.js'
import type { Shell } from './shell.js'
import { version } from './version.js'

/** The command line. Only the command that `words` begin with is loaded; for help and completion, all of them. */
export async function buildProgram(words: readonly string[], shell: Shell): Promise<Command> {
  const program = new Command('tidemark')
    .description('Self-hosted, tamper-evident audit trail.')
    .version(version)
    .option('--no-color', 'no colours (so do NO_COLOR, and output that is no terminal)')
    .showHelpAfterError('(add --help to see what it takes)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.out.write(text),
      writeErr: (text) => shell.err.write(text),
      getOutHelpWidth: () => shell.out.columns ?? 100,
      getErrHelpWidth: () => shell.err.columns ?? 100,
    })
    .configureHelp({ subcommandTerm: termOf })
  const asked = commands.filter(({ name }) => name === words[0] && name !== 'completion')
  for (const { load } of asked.length > 0 ? asked : commands) (await load())(program, shell)
  return program
}

/** `search [query]`, without the word [options] that every command has. */
const termOf: Help['subcommandTerm'] = (command) => {
  const given = command.registeredArguments.map((argument) => {
    const name = argument.name()
    return argument.required ? `<${name}>` : `[${name}]`
  })
  return [command.name(), ...given].join(' ')
}
