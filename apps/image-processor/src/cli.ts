// Loads nothing but the flag parser until it knows that there is work to do, so that --help answers at once.
import { Command, CommanderError, Option } from 'commander';

const EXIT_CODES = `
Exit codes: 0 done (also where nothing had to change), 1 failed, 2 wrong usage, 130 stopped.
A flag beats the environment (SKYGROUND_TARGET, AWS_ENDPOINT_URL, AWS_REGION, AWS_PROFILE), which beats skyground.config.json.`;

const program = new Command('image-processor')
  .description('Puts the image processing function on a target, and takes it away again.')
  .addHelpText('after', EXIT_CODES)
  .exitOverride();

program
  .command('deploy')
  .description(
    'makes buckets, role, log, function, permission and notification; run again, it changes what differs',
  )
  .option('--memory <MB>', 'memory of the function, and with it its share of a CPU (default: 1769, one vCPU)')
  .option('--concurrency <n>', 'reserved concurrency: so many environments at most (default: none reserved)')
  .action(run('deploy'));

program
  .command('destroy')
  .description('removes exactly what deploy made, with the objects of every run, and says what it removed')
  .option('--yes', 'do not ask', false)
  .action(run('destroy'));

program
  .command('config')
  .description('shows the settings in force')
  .argument('<what>', 'show')
  .option('--origin', 'with where each value comes from', false)
  .action((_what: string, flags: unknown) => run('config')(flags));

for (const command of program.commands) {
  command
    .addOption(
      new Option(
        '--target <where>',
        'local (the embedded cloud, default), aws, or the URL of an AWS-compatible endpoint',
      ),
    )
    .option('--region <region>', 'AWS region')
    .option('--profile <name>', 'AWS profile')
    .option('--use-ambient-credentials', 'with a URL: send the credentials of this shell there', false)
    .option('--state <dir>', 'state folder of the embedded cloud (default: .skyground/ of the repository)')
    .option('--prefix <word>', 'first part of every name (default: skyground)')
    .option('--role <name|arn>', 'an existing role, such as LabRole; no IAM resource is touched then')
    .option('--input-bucket <name>', 'a bucket of your own for inputs; it is neither made nor deleted')
    .option('--output-bucket <name>', 'a bucket of your own for outputs; it is neither made nor deleted')
    .option('--architecture <x64|arm64>', "of the function (default: x64; this machine's where it runs here)")
    .option('--json', 'print one JSON object per line', false)
    .allowExcessArguments(false);
  if (command.name() !== 'config')
    command.option('--dry-run', 'say what would be done and do nothing', false);
}

function run(command: 'deploy' | 'destroy' | 'config'): (flags: unknown) => Promise<void> {
  return async (flags) => {
    const { main } = await import('./main.ts');
    process.exitCode = await main(command, flags);
  };
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
