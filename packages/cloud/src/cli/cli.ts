// Loads nothing but the flag parser until it knows that there is work to do, so that --help answers at once.
import { Argument, Command, CommanderError } from 'commander';

import type { SettingName } from '../config/settings.ts';
import type { DeployableApp } from './deployable-app.ts';
import { addTargetFlags } from './target-flags.ts';

export type { DeployableApp } from './deployable-app.ts';
export { addTargetFlags };

/** Settings that only some apps have, each with its flag. */
type AppSetting = Extract<
  SettingName,
  'inputBucket' | 'outputBucket' | 'memoryMb' | 'reservedConcurrency' | 'package'
>;

export interface DeployCli {
  readonly app: string;
  /** What it is, in the words after "Puts": `the image processing function`. */
  readonly title: string;
  /** Help for the settings that this app has beyond those of every app. */
  readonly settings?: Readonly<Partial<Record<AppSetting, string>>>;
  readonly load: () => Promise<DeployableApp>;
}

const EXIT_CODES = `
Exit codes: 0 done (also where nothing had to change), 1 failed, 2 wrong usage,
130 stopped.
A flag beats the environment (SKYGROUND_TARGET, AWS_ENDPOINT_URL, AWS_REGION,
AWS_PROFILE), which beats skyground.config.json.`;

const FLAGS: Readonly<Record<AppSetting, { readonly flag: string; readonly isForDeployOnly: boolean }>> = {
  inputBucket: { flag: '--input-bucket <name>', isForDeployOnly: false },
  outputBucket: { flag: '--output-bucket <name>', isForDeployOnly: false },
  memoryMb: { flag: '--memory <MB>', isForDeployOnly: true },
  reservedConcurrency: { flag: '--concurrency <n>', isForDeployOnly: true },
  package: { flag: '--package <zip|image>', isForDeployOnly: true },
};

/** The command of an app: `deploy`, `destroy` and `config show`. Sets the exit code. */
export async function runDeployCli(cli: DeployCli): Promise<void> {
  try {
    await programOf(cli).parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}

function programOf(cli: DeployCli): Command {
  const program = new Command(cli.app)
    .description(`Puts ${cli.title} on a target, and takes it away again.`)
    .addHelpText('afterAll', EXIT_CODES)
    .exitOverride();
  const deploy = program
    .command('deploy')
    .description('makes everything that the app declares; run again, it changes what differs')
    .action(run(cli, 'deploy'));
  const destroy = program
    .command('destroy')
    .description('removes exactly what deploy made, with everything in it, and says what it removed')
    .option('--yes', 'do not ask')
    .action(run(cli, 'destroy'));
  const config = program
    .command('config')
    .description('shows the settings in force')
    .addArgument(new Argument('<what>').choices(['show']))
    .option('--origin', 'with where each value comes from')
    .action((_what: string, flags: unknown) => run(cli, 'config')(flags));

  for (const command of [deploy, destroy, config]) {
    addTargetFlags(command);
    addDeploymentFlags(command);
  }
  for (const name of appSettings) {
    const help = cli.settings?.[name];
    if (help === undefined) continue;
    const { flag, isForDeployOnly } = FLAGS[name];
    for (const command of isForDeployOnly ? [deploy] : [deploy, destroy, config]) command.option(flag, help);
  }
  for (const command of [deploy, destroy])
    command.option('--dry-run', 'say what would be done and do nothing');
  return program;
}

const appSettings = ['inputBucket', 'outputBucket', 'memoryMb', 'reservedConcurrency', 'package'] as const;

function addDeploymentFlags(command: Command): void {
  command
    .option('--role <name|arn>', 'an existing role, such as LabRole; no IAM resource is touched then')
    .option(
      '--architecture <x64|arm64>',
      "of the functions (default: x64; this machine's where they run here)",
    )
    .option('--json', 'print one JSON object per line');
}

function run(cli: DeployCli, command: 'deploy' | 'destroy' | 'config'): (flags: unknown) => Promise<void> {
  return async (flags) => {
    const { runCommand } = await import('./run-command.ts');
    process.exitCode = await runCommand(command, { name: cli.app, load: cli.load }, flags);
  };
}
