import { inputKey } from '@skyground/image-processor';
import { listObjects, uploadImages } from '../cloud-objects.ts';
import type { Stage } from '../stage.ts';
import { tasksOf } from '../tasks.ts';
import { warmUpCloud, warmUpWidth } from '../warm-up-cloud.ts';

/** How often what has come back is looked for meanwhile. */
const lookEveryMs = 1000;

/** Warms the function up, then uploads every image and repetition that this run has not uploaded yet. */
export const uploadStage: Stage = {
  id: 'upload',
  async run(context) {
    const { images, options, runId, signal } = context;
    const { clients, names, declaration, cloudImages } = await context.cloud();
    const uploaded = await listObjects(clients, names.buckets.input, `${runId}/in/`, signal);
    // Inputs stay in the bucket, so what is there was accepted, and so was its event.
    const missing = tasksOf(images, options.repetitions)
      .map((task) => ({
        ...task,
        key: inputKey({ runId, repetition: task.repetition, image: task.image.name }),
      }))
      .filter(({ key }) => !uploaded.has(key));
    if (missing.length === 0) return 'everything was uploaded before';

    const { reservedConcurrency } = declaration.functions.main;
    const warmth = await warmUpCloud({
      clients,
      names,
      images,
      runId,
      width: warmUpWidth(reservedConcurrency, images.length * options.repetitions),
      waitMs: options.waitMs,
      signal,
    });
    if (context.state().uploadStartedMs === null) await context.updateState({ uploadStartedMs: Date.now() });
    let done = uploaded.size;
    const total = uploaded.size + missing.length;
    context.progress(done, total, 'images');
    let lastLookMs = performance.now();
    const look = { clients, outputBucket: names.buckets.output, runId, signal, emit: context.emit };
    const onUploaded = async ({ image, repetition }: (typeof missing)[number]) => {
      cloudImages.started(context, { image: image.name, repetition });
      done += 1;
      context.progress(done, total, 'images');
      if (performance.now() - lastLookMs < lookEveryMs) return;
      lastLookMs = performance.now();
      await cloudImages.look(look);
    };
    await uploadImages({ clients, bucket: names.buckets.input, uploads: missing, signal, onUploaded });
    return `${missing.length} images uploaded; ${warmth.summary}`;
  },
};
