// Loads nothing but the flag parser until it knows that there is work to do, so that --help answers at once.
import { addTargetFlags } from '@skyground/cloud/cli';
import { Command, CommanderError } from 'commander';

const program = new Command('upload-test-image')
  .description('Makes sample-1920x1080.jpg, and uploads it to where the pipeline reads its images.')
  .option('--input-bucket <name>', 'the bucket of your own that the pipeline was deployed with')
  .addHelpText(
    'after',
    `
TEST_BUCKET and TEST_KEY choose another bucket (which has to be there) and key
(default: test-images/sample-1920x1080.jpg). An object that this command did not
upload is not overwritten.

Exit codes: 0 uploaded, 1 failed, 2 wrong usage, 130 stopped.`,
  )
  .exitOverride()
  .action(async (flags: unknown) => {
    const { runUpload } = await import('./run-upload.ts');
    process.exitCode = await runUpload(flags);
  });
addTargetFlags(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
