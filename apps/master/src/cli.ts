#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { addDoctorCommand } from './doctor/command.ts';
import { exitCodes } from './exit-codes.ts';
import { addFlagsOfARunThatIsThere, addOutputFlags, addRunFlags } from './run-flags.ts';

// Only the parser is loaded here: every command loads the rest on demand, so that --help answers at once.

// A reader that goes away (`| head`), or a terminal that was closed, is no error of ours. A run stops then: see stop.ts.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

const program = new Command('skyground')
  .description(
    'Processes the same images on-premises and in the cloud, and says which is faster, with numbers that hold up.',
  )
  .showHelpAfterError('(--help shows every flag)')
  .enablePositionalOptions()
  .exitOverride()
  .addHelpText(
    'after',
    `
Stages: check, clean, on-prem, deploy, upload, wait, merge, compare.
Exit codes: 0 compared, 1 failed, 2 usage, 3 finished but the comparison is not valid, 5 doctor found a problem, 130 stopped.
With npm, flags come after a double dash: npm run master -- --repetitions 5`,
  );

addOutputFlags(
  addRunFlags(
    program.command('run', { isDefault: true }).description('the whole comparison (the default command)'),
  ),
)
  .option('--only <stages>', 'run only these stages, separated by commas')
  .option('--skip <stages>', 'leave these stages out')
  .option('--resume', 'go on with the run that was stopped, with its own flags')
  .option('--dry-run', 'print the plan and an estimate of the cost, and do nothing')
  .action(async (flags: Record<string, unknown>) => {
    // Nothing was typed but the name.
    if (process.argv.length === 2) {
      const { homeCommand } = await import('./commands/home.ts');
      process.exitCode = await homeCommand();
      return;
    }
    const { runCommand } = await import('./commands/run.ts');
    process.exitCode = await runCommand(flags);
  });

for (const [stage, addFlags, description] of [
  ['upload', addRunFlags, 'upload what is missing of the run that is there, or begin one'],
  ['merge', addFlagsOfARunThatIsThere, 'download the metrics of the run that is there and merge them'],
  ['compare', addFlagsOfARunThatIsThere, 'compare the CSVs of the run that is there and draw the charts'],
  ['clean', addRunFlags, 'remove what the previous run left, here and in the buckets'],
] as const) {
  addOutputFlags(addFlags(program.command(stage).description(description))).action(
    async (flags: Record<string, unknown>) => {
      const { runCommand } = await import('./commands/run.ts');
      process.exitCode = await runCommand({ ...flags, only: stage });
    },
  );
}

program
  .command('export')
  .option('--excel', 'for spreadsheets: with a byte order mark, and no file name can act as a formula')
  .option('--output <dir>', 'the folder of the run (default: metrics)')
  .description('export --excel: copies of both CSVs for spreadsheets')
  .action(async (flags: Record<string, string | boolean>) => {
    const { exportCommand } = await import('./commands/export.ts');
    process.exitCode = await exportCommand(flags);
  });

program
  .command('config')
  .argument('<action>', 'show')
  .option('--origin', 'say where each value comes from')
  .option('--target <target>', 'as for run')
  .option('--profile <name>', 'as for run')
  .option('--region <region>', 'as for run')
  .description('config show --origin: the target settings and where each comes from')
  .action(async (action: string, flags: Record<string, unknown>) => {
    const { configCommand } = await import('./commands/config.ts');
    process.exitCode = configCommand(action, flags);
  });

program
  .command('lab')
  .description('the laboratory: runs experiments, and looks after what they measured (lab --help)')
  .argument('[args...]')
  // Its flags depend on the experiment: they are read by the laboratory itself.
  .allowUnknownOption()
  .passThroughOptions()
  .helpOption(false)
  .action(async (args: readonly string[]) => {
    const [{ runLab }, { experiments }] = await Promise.all([
      import('./lab/lab.ts'),
      import('./experiments.ts'),
    ]);
    process.exitCode = await runLab(args, experiments);
  });

addDoctorCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
}
