import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';

/** `doctor`: what is wrong with this machine, the target and the way between them. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'checks this machine and the target, says what is wrong by name and what to do; changes nothing',
    )
    .option('--target <target>', 'as for run')
    .option('--profile <name>', 'as for run')
    .option('--region <region>', 'as for run')
    .option('--use-ambient-credentials', 'as for run')
    .option('--input-bucket <name>', 'as for run')
    .option('--output-bucket <name>', 'as for run')
    .option('--role <name-or-arn>', 'as for run')
    .option('--images <dir>', 'input images (default: images_to_upload)')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      `\nExit codes: 0 no problem (warnings may be there), ${exitCodes.environment} a problem, 2 usage, 130 stopped.`,
    )
    .action(async (flags: Record<string, unknown>) => {
      const { runDoctor } = await import('./run-doctor.ts');
      process.exitCode = await runDoctor(flags);
    });
}
