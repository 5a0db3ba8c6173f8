import { type Command, Option } from 'commander';

/** The flags by which a person says where and as whom; `openTarget` and `loadSettings` take what they hold. */
export function addTargetFlags(command: Command): void {
  // Experiments go by it, too; an unset variable of a shell arrives as an empty one.
  const movedTo = process.env['SKYGROUND_STATE_DIR'];
  command
    .option(
      '--target <where>',
      'local (the embedded cloud, default), aws, or the URL of an AWS-compatible endpoint',
    )
    .option('--region <region>', 'AWS region')
    .option('--profile <name>', 'AWS profile')
    .option('--use-ambient-credentials', 'with a URL: send the credentials of this shell there')
    .addOption(
      new Option('--state <dir>', 'state folder of the embedded cloud').default(
        movedTo === '' ? undefined : movedTo,
        'SKYGROUND_STATE_DIR, else .skyground/ of the repository',
      ),
    )
    .option('--prefix <word>', 'first part of every name (default: skyground)')
    .allowExcessArguments(false);
}
