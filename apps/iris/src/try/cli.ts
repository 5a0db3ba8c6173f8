// Loads nothing but the flag parser until it knows that there is work to do, so that --help answers at once.
import { addTargetFlags } from '@skyground/cloud/cli';
import { Command, CommanderError } from 'commander';

const program = new Command('try')
  .description("Posts the course's mock event to the classifier, and prints request and answer.")
  .option('--function', 'to the deployed function, by Invoke (default)')
  .option('--api', "the event's body to the deployed API, by HTTP")
  .option('--container [url]', 'to a container of the function, by HTTP (default: http://127.0.0.1:8080)')
  .addHelpText(
    'after',
    '\nExit codes: 0 predicted, 1 any other answer, 2 wrong usage or nothing there,\n130 stopped.',
  )
  .exitOverride()
  .action(async (flags: unknown) => {
    const { runTry } = await import('./run-try.ts');
    process.exitCode = await runTry(flags);
  });
addTargetFlags(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
