import type { ExitCode } from '@skyground/experiment';
import { Command, CommanderError } from 'commander';
import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ListedExperiment } from '../experiments.ts';
import { printable } from '../output/format.ts';
import { addCommands } from './add-commands.ts';

/** Does one command of the laboratory, `argv` being what follows `lab`. Never rejects for a mistake of the person. */
export async function runLab(
  argv: readonly string[],
  experiments: readonly ListedExperiment[],
): Promise<ExitCode> {
  try {
    return await parsed(argv, experiments);
  } catch (error) {
    // Commander has told the whole of it.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.compared : exitCodes.usage;
    if (error instanceof UsageError) return told(error, exitCodes.usage);
    const ours = await import('@skyground/experiment');
    if (error instanceof ours.UsageError) return told(error, exitCodes.usage);
    if (error instanceof ours.RunFolderError) return told(error, exitCodes.failed);
    if (error instanceof Error && 'syscall' in error && 'path' in error) {
      const message = `The file system refused: ${error.message}. Is the place there, and may it be used so?`;
      return told({ message }, exitCodes.failed);
    }
    throw error;
  }
}

function told({ message }: Pick<Error, 'message'>, exitCode: ExitCode): ExitCode {
  console.error(printable(message));
  return exitCode;
}

async function parsed(argv: readonly string[], experiments: readonly ListedExperiment[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.compared;
  const program = labCommand(experiments, (code) => {
    exitCode = code;
  });
  const [first] = argv;
  const named = experiments.find(({ id }) => id === first);
  // Only the one that is asked for is loaded.
  if (named !== undefined) {
    const { addExperimentCommand } = await import('./experiment-command.ts');
    addExperimentCommand(program, await named.load(), (code) => {
      exitCode = code;
    });
  } else if (first !== undefined && !first.startsWith('-') && !isCommand(program, first)) {
    throw new UsageError(noSuchCommand(first, experiments, program));
  }
  await program.parseAsync([...argv], { from: 'user' });
  return exitCode;
}

function labCommand(experiments: readonly ListedExperiment[], end: (code: ExitCode) => void): Command {
  const program = new Command('npm run lab --')
    .description('Runs experiments, and looks after what they measured.')
    .usage('EXPERIMENT [flags]   or   COMMAND [flags]')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError('(--help shows every command and flag)')
    .addHelpText('after', () => helpText(experiments))
    .action(async () => {
      const { experimentsCommand } = await import('./commands/list.ts');
      end(await experimentsCommand(experiments));
    });
  addCommands(program, experiments, end);
  return program;
}

function isCommand(program: Command, word: string): boolean {
  return program.commands.some((command) => command.name() === word);
}

function noSuchCommand(word: string, experiments: readonly ListedExperiment[], program: Command): string {
  const commands = program.commands.map((command) => command.name());
  const ids = experiments.map(({ id }) => id);
  return `There is no experiment and no command called ${JSON.stringify(word)}. Experiments: ${ids.join(', ') || 'none'}. Commands: ${commands.join(', ')}. --help tells what they do.`;
}

function helpText(experiments: readonly ListedExperiment[]): string {
  return `
Experiments: ${experiments.map(({ id }) => id).join(', ') || 'none'} (flags: EXPERIMENT --help).
RUN is a folder, a run's id, EXPERIMENT/ID, or EXPERIMENT for its newest run.
Exit codes: 0 valid, 1 failed, 2 usage, 3 not valid, 99 a threshold was not kept, 130 stopped.
With npm, flags come after a double dash: npm run lab -- list --json`;
}
