// Loads nothing but the flag parser until it knows that there is work to do, so that --help answers at once.
import { Command, CommanderError } from 'commander';

const EXIT_CODES = `
Exit codes: 0 every image ok, 1 failed, 2 wrong usage, 3 finished with failed images, 130 stopped.
Rows are appended to the metrics file as images finish; --resume continues a run that was stopped.`;

const command = new Command('onprem')
  .description('Processes a folder of images on this machine, in a pool of worker processes.')
  .option('--images <dir>', 'folder of images (default: images_to_upload/ of the repository)')
  .option('--workers <n>', 'worker processes, one image each at a time (default: one per core)')
  .option('--out <dir>', 'folder of the outputs (default: apps/onprem/output_local/ of the repository)')
  .option(
    '--metrics <file>',
    'CSV of one row per image (default: metrics/local_metrics.csv of the repository)',
  )
  .option('--repetitions <n>', 'process every image so many times', '1')
  .option('--warmup <n>', 'images that each worker processes and discards before the first measured one', '2')
  .option('--width <px>', 'width of the outputs', '800')
  .option('--height <px>', 'height of the outputs', '600')
  .option('--fit <how>', 'fill (exact size), inside or cover (both keep the aspect ratio)', 'fill')
  .option('--quality <1-100>', 'JPEG quality', '85')
  .option('--chroma <subsampling>', '4:2:0 or 4:4:4', '4:2:0')
  .option('--mozjpeg', 'smaller files for more than twice the time', false)
  .option(
    '--resume',
    'continue the last run of the metrics file without repeating its finished images',
    false,
  )
  .option('--watch', 'process what is in the folder and what appears in it, until Ctrl-C', false)
  .option('--settle <ms>', 'with --watch: a file that has not grown for so long is complete', '1000')
  .option('--json', 'print events as JSON, one a line', false)
  .addHelpText('after', EXIT_CODES)
  .allowExcessArguments(false)
  .exitOverride();

try {
  command.parse();
  const { main } = await import('./main.ts');
  process.exitCode = await main(command.opts());
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
