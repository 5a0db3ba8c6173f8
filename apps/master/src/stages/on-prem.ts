import { type OnPremEvent, readDone, runOnPrem } from '@skyground/onprem';
import { runFiles } from '../paths.ts';
import type { Stage, StageContext } from '../stage.ts';
import { warmUpImagesPerWorker } from '../warm-up.ts';
import { workerDeath } from '../worker-death.ts';

/** The ground side: every image and repetition through the worker pool, one CSV row each as it finishes. */
export const onPremStage: Stage = {
  id: 'on-prem',
  async run(context) {
    const { options, images, runId } = context;
    const metricsFile = runFiles(options.metricsDir).localMetrics;
    const done = await readDone(metricsFile, runId);
    const total = images.length * options.repetitions;
    let finished = done.size;
    // From here on, so that neither rate nor ETA counts the workers' start or the images of before a stop.
    const begin = () => context.progress(finished, total, 'images');
    const summary = await runOnPrem({
      runId,
      images,
      workers: options.workers,
      repetitions: options.repetitions,
      warmupImages: warmUpImagesPerWorker,
      outputDir: options.onPremOutputDir,
      metricsFile,
      done,
      processOptions: options.processing,
      signal: context.signal,
      onEvent: (event) => {
        if (event.type === 'imageFinished') {
          finished += 1;
          context.progress(finished, total, 'images');
        }
        if (event.type === 'warm') begin();
        forward(event, context);
      },
    });
    context.signal.throwIfAborted();
    const rate = summary.imagesPerSecond === null ? '' : `, ${summary.imagesPerSecond.toFixed(1)} images/s`;
    const failed = summary.errorRows === 0 ? '' : `, ${summary.errorRows} failed`;
    return `${summary.okRows} images by ${options.workers} workers${rate}${failed}`;
  },
};

function forward(event: OnPremEvent, { emit }: StageContext): void {
  switch (event.type) {
    case 'imageStarted':
      emit({
        type: 'imageStarted',
        side: 'on_prem',
        image: event.image,
        repetition: event.repetition,
        pid: event.pid,
      });
      return;
    case 'imageFinished':
      emit({ type: 'imageFinished', side: 'on_prem', record: event.record, earlier: false });
      return;
    case 'warm':
      emit({
        type: 'log',
        level: 'info',
        message: `${event.workers} workers warm: their first images are discarded`,
      });
      return;
    case 'workerDied':
      emit({ type: 'log', level: 'warning', message: workerDeath(event) });
      return;
    case 'started':
    case 'finished':
      return;
  }
}
