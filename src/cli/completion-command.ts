import { Argument, type Command } from 'commander';
import type { Shell } from './completion';

const help = `
Examples:
  golden completion bash > /etc/bash_completion.d/golden
  golden completion zsh >> ~/.zshrc
  golden completion fish > ~/.config/fish/completions/golden.fish`;

/** Adds `golden completion`, for all commands of the program. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print a script with which a shell completes commands and options')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish'] satisfies Shell[]))
    .addHelpText('after', help)
    .action((shell: Shell) => {
      const { completion } = require('./completion') as typeof import('./completion');
      process.stdout.write(completion(program, shell));
    });
}
