import type { ExitCode } from '@skyground/experiment';
import { Command, CommanderError } from 'commander';
import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ListedExperiment } from '../experiments.ts';
import { printable } from '../output/format.ts';

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
    throw error;
  }
}

function told({ message }: Error, exitCode: ExitCode): ExitCode {
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

/** The commands that are about runs. Each loads what it needs on demand. */
function labCommand(experiments: readonly ListedExperiment[], end: (code: ExitCode) => void): Command {
  const program = new Command('npm run lab --')
    .description('Runs experiments, and looks after what they measured.')
    .usage('EXPERIMENT [flags]   or   COMMAND [flags]')
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError('(--help shows every command and flag)')
    .addHelpText('after', () => helpText(experiments))
    .action(async () => {
      const { experimentsCommand } = await import('./commands/list.ts');
      end(await experimentsCommand(experiments));
    });
  const results = ['--results <dir>', 'where the runs lie (default: results)'] as const;
  const json = ['--json', 'one JSON object instead of lines'] as const;
  program
    .command('list')
    .description('experiments and runs, newest first')
    .option(...results)
    .option(...json)
    .action(async (flags) => {
      const { listCommand } = await import('./commands/list.ts');
      end(await listCommand(flags, experiments));
    });
  program
    .command('show <run>')
    .description('verdict, findings, arms and bill of a run')
    .option(...results)
    .option(...json)
    .action(async (run: string, flags) => {
      const { showCommand } = await import('./commands/show.ts');
      end(await showCommand(run, flags, experiments));
    });
  program
    .command('compare <first> <second>')
    .description('what changed from one run of an experiment to another')
    .option(...results)
    .option(...json)
    .action(async (first: string, second: string, flags) => {
      const { compareCommand } = await import('./commands/compare.ts');
      end(await compareCommand(first, second, flags, experiments));
    });
  program
    .command('report <run>')
    .description('derive everything again from the samples: checks, bill, summary, charts, report')
    .option(...results)
    .action(async (run: string, flags) => {
      const { reportCommand } = await import('./commands/report.ts');
      end(await reportCommand(run, flags, experiments));
    });
  program
    .command('export <run>')
    .description('the samples as a file that other tools read')
    .option('--format <format>', 'csv, json or what else the command names when it is left out')
    .option('--to <path>', 'where to (default: EXPERIMENT-RUN.* where you stand)')
    .option(...results)
    .action(async (run: string, flags) => {
      const { exportCommand } = await import('./commands/export.ts');
      end(await exportCommand(run, flags, experiments));
    });
  program
    .command('delete <run>')
    .description('delete a run with its samples')
    .option('--yes', 'without asking')
    .option(...results)
    .action(async (run: string, flags) => {
      const { deleteCommand } = await import('./commands/delete.ts');
      end(await deleteCommand(run, flags));
    });
  return program;
}

function isCommand(program: Command, word: string): boolean {
  return program.commands.some((command) => command.name() === word);
}

function noSuchCommand(word: string, experiments: readonly ListedExperiment[], program: Command): string {
  const commands = program.commands.map((command) => command.name());
  const ids = experiments.map(({ id }) => id);
  return `There is no experiment and no command called ${JSON.stringify(word)}. Experiments: ${ids.join(', ') || 'none'}. Commands: ${commands.join(', ')}.`;
}

function helpText(experiments: readonly ListedExperiment[]): string {
  return `
Experiments: ${experiments.map(({ id }) => id).join(', ') || 'none'} (flags: EXPERIMENT --help).
RUN is a folder, a run's id, EXPERIMENT/ID, or EXPERIMENT for its newest run.
Exit codes: 0 valid, 1 failed, 2 usage, 3 not valid, 99 a threshold was not kept, 130 stopped.
With npm, flags come after a double dash: npm run lab -- list --json`;
}
