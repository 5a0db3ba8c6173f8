// Loads nothing but the flag parser until it knows that there is work to do, so that --help answers at once.
import { Command, CommanderError } from 'commander';

const program = new Command('try')
  .description("Posts the course's mock event to the classifier, and prints request and answer.")
  .option('--function', 'to the deployed function, by Invoke (default)')
  .option('--api', "the event's body to the deployed API, by HTTP")
  .option('--container [url]', 'to a container of the function, by HTTP (default: http://127.0.0.1:8080)')
  .option(
    '--target <where>',
    'local (the embedded cloud, default), aws, or the URL of an AWS-compatible endpoint',
  )
  .option('--region <region>', 'AWS region')
  .option('--profile <name>', 'AWS profile')
  .option('--use-ambient-credentials', 'with a URL: send the credentials of this shell there')
  .option('--state <dir>', 'state folder of the embedded cloud (default: .skyground/ of the repository)')
  .option('--prefix <word>', 'first part of every name (default: skyground)')
  .allowExcessArguments(false)
  .addHelpText(
    'after',
    '\nExit codes: 0 predicted, 1 any other answer, 2 wrong usage or nothing there,\n130 stopped.',
  )
  .exitOverride()
  .action(async (flags: unknown) => {
    const { runTry } = await import('./run-try.ts');
    process.exitCode = await runTry(flags);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
