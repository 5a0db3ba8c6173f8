#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';

// Only the parser is loaded here: every command loads the rest on demand, so that --help answers at once.

// A reader that goes away (`| head`), or a terminal that was closed, is no error of ours. A run stops then: see stop.ts.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

function addRunFlags(command: Command): Command {
  return command
    .option('--images <dir>', 'input images (default: images_to_upload)')
    .option('--workers <n>', 'on-prem worker processes (default: one per core)')
    .option(
      '--target <target>',
      'where the cloud side runs: local, aws, or the URL of an AWS-compatible endpoint (default: local)',
    )
    .option('--profile <name>', 'AWS profile, for --target aws')
    .option('--region <region>', 'AWS region')
    .option('--use-ambient-credentials', "let a URL target use the shell's own AWS credentials")
    .option('--memory <mb>', 'memory of the Lambda function (default: 1769, one whole vCPU on AWS)')
    .option(
      '--concurrency <n>',
      'Lambda environments at once (default: as many as workers; reserved on AWS only when given)',
    )
    .option('--repetitions <n>', 'how often each image is processed on each side (default: 1)')
    .option('--input-bucket <name>', 'use this existing bucket for uploads')
    .option('--output-bucket <name>', 'use this existing bucket for outputs and metrics')
    .option(
      '--role <name-or-arn>',
      "use this existing role for the function, such as a learner lab's LabRole",
    )
    .option('--output <dir>', 'where CSVs, charts and run state go (default: metrics)')
    .option('--on-prem-output <dir>', 'where on-prem output images go (default: apps/onprem/output_local)')
    .option('--fit <fit>', 'fill, inside or cover (default: fill)')
    .option('--quality <1-100>', 'JPEG quality (default: 85)')
    .option('--chroma <subsampling>', '4:2:0 or 4:4:4 (default: 4:2:0)')
    .option('--mozjpeg', 'encode with mozjpeg')
    .option(
      '--wait <seconds>',
      'give up when no image has come back from the cloud for so long (default: 300)',
    )
    .option('--log-wait <seconds>', 'how long to poll for missing REPORT lines (default: 15)')
    .option('--seed <n>', 'seed of the bootstrap intervals (default: 1)')
    .option('--yes', "agree to deleting what is in the way even if it is not this tool's own");
}

function addOutputFlags(command: Command): Command {
  return command
    .option('--json', 'one JSON event a line on standard output')
    .option('--no-tui', 'plain log lines even in a terminal')
    .option('--screen-reader', 'plain log lines without drawings (or set INK_SCREEN_READER=true)');
}

const program = new Command('skyground')
  .description(
    'Processes the same images on-premises and in the cloud, and says which is faster, with numbers that hold up.',
  )
  .showHelpAfterError('(--help shows every flag)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Stages: check, clean, on-prem, deploy, upload, wait, merge, compare.
Exit codes: 0 compared, 1 failed, 2 usage, 3 finished but the comparison is not valid, 130 stopped.
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
    const { runCommand } = await import('./commands/run.ts');
    process.exitCode = await runCommand(flags);
  });

/** What is asked of a run that is there keeps that run's flags; these alone may differ. */
function addFlagsOfARunThatIsThere(command: Command): Command {
  return command
    .option('--output <dir>', 'the folder of the run (default: metrics)')
    .option('--log-wait <seconds>', 'how long to poll for missing REPORT lines')
    .option('--seed <n>', 'seed of the bootstrap intervals');
}

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

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
}
