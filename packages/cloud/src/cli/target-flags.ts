import type { Command } from 'commander';

/** The flags by which a person says where and as whom; `openTarget` and `loadSettings` take what they hold. */
export function addTargetFlags(command: Command): void {
  command
    .option(
      '--target <where>',
      'local (the embedded cloud, default), aws, or the URL of an AWS-compatible endpoint',
    )
    .option('--region <region>', 'AWS region')
    .option('--profile <name>', 'AWS profile')
    .option('--use-ambient-credentials', 'with a URL: send the credentials of this shell there')
    .option('--state <dir>', 'state folder of the embedded cloud (default: .skyground/ of the repository)')
    .option('--prefix <word>', 'first part of every name (default: skyground)')
    .allowExcessArguments(false);
}
