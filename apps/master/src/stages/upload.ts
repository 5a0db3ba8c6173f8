import { inputKey } from '@skyground/image-processor';
import { listObjects, uploadImage } from '../cloud-objects.ts';
import { concurrently } from '../concurrently.ts';
import type { Stage } from '../stage.ts';
import { tasksOf } from '../tasks.ts';
import { warmUpCloud } from '../warm-up-cloud.ts';

/** Uploads under way at the same time: enough to fill the function's environments, few enough to leave cores to what is measured. */
const uploadsAtOnce = 4;
/** How often what has come back is looked for meanwhile. */
const lookEveryMs = 1000;

/** Warms the function up, then uploads every image and repetition that this run has not uploaded yet. */
export const uploadStage: Stage = {
  id: 'upload',
  async run(context) {
    const { images, options, runId, signal } = context;
    const { clients, names, cloudImages } = await context.cloud();
    const uploaded = await listObjects(clients, names.buckets.input, `${runId}/in/`, signal);
    // Inputs stay in the bucket, so what is there was accepted, and so was its event.
    const missing = tasksOf(images, options.repetitions)
      .map((task) => ({
        ...task,
        key: inputKey({ runId, repetition: task.repetition, image: task.image.name }),
      }))
      .filter(({ key }) => !uploaded.has(key));
    if (missing.length === 0) return 'everything was uploaded before';

    const warmth = await warmUpCloud(context);
    if (context.state().uploadStartedMs === null) await context.updateState({ uploadStartedMs: Date.now() });
    let done = uploaded.size;
    const total = uploaded.size + missing.length;
    context.progress(done, total, 'images');
    let lastLookMs = performance.now();
    await concurrently(missing, uploadsAtOnce, async ({ key, image, repetition }) => {
      await uploadImage(clients, names.buckets.input, key, image, signal);
      cloudImages.started(context, { image: image.name, repetition });
      done += 1;
      context.progress(done, total, 'images');
      if (performance.now() - lastLookMs < lookEveryMs) return;
      lastLookMs = performance.now();
      await cloudImages.look(context);
    });
    return `${missing.length} images uploaded; ${warmth}`;
  },
};
