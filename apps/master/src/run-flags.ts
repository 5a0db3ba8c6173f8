import type { Command } from 'commander';

/** The flags of the main job, declared: what they mean is read in options.ts. */
export function addRunFlags(command: Command): Command {
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

export function addOutputFlags(command: Command): Command {
  return command
    .option('--json', 'one JSON event a line on standard output')
    .option('--no-tui', 'plain log lines even in a terminal')
    .option('--screen-reader', 'plain log lines without drawings (or set INK_SCREEN_READER=true)');
}

/** What is asked of a run that is there keeps that run's flags; these alone may differ. */
export function addFlagsOfARunThatIsThere(command: Command): Command {
  return command
    .option('--output <dir>', 'the folder of the run (default: metrics)')
    .option('--log-wait <seconds>', 'how long to poll for missing REPORT lines')
    .option('--seed <n>', 'seed of the bootstrap intervals');
}
