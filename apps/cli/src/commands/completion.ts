import type { Command } from 'commander'
import { type CommandWords, completionScript } from '../completion-script.js'
import type { Shell } from '../shell.js'
import { choice } from './option-values.js'

const shells = ['bash', 'zsh', 'fish'] as const

export function completionCommand(program: Command, shell: Shell): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in your shell')
    .argument('<shell>', shells.join(', '), choice(shells))
    .addHelpText('after', INSTALL)
    .action((name: (typeof shells)[number]) => {
      shell.out.write(completionScript(name, wordsOf(program)))
    })
}

const INSTALL = `
Install
  bash   tidemark completion bash > ~/.local/share/bash-completion/completions/tidemark
  zsh    tidemark completion zsh > "\${fpath[1]}/_tidemark"
  fish   tidemark completion fish > ~/.config/fish/completions/tidemark.fish`

function wordsOf(command: Command): CommandWords {
  return {
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap(({ description, long }) => (long ? [{ name: long, description }] : [])),
    commands: command.commands.map(wordsOf),
  }
}
