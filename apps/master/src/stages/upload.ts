import { inputKey } from '@skyground/image-processor';
import { listObjects, uploadImage } from '../cloud-objects.ts';
import { concurrently } from '../concurrently.ts';
import type { Stage } from '../stage.ts';
import { warmUpCloud } from '../warm-up-cloud.ts';

/** Uploads under way at the same time: enough to fill the function's environments, few enough to leave cores to what is measured. */
const uploadsAtOnce = 4;

/** Warms the function up, then uploads every image and repetition that this run has not uploaded yet. */
export const uploadStage: Stage = {
  id: 'upload',
  async run(context) {
    const { images, options, runId, signal, emit } = context;
    const { clients, names } = await context.cloud();
    const uploaded = await listObjects(clients, names.inputBucket, `${runId}/in/`, signal);
    // Inputs stay in the bucket, so what is there was accepted, and so was its event.
    const missing = repetitionsOf(images, options.repetitions)
      .map((task) => ({ ...task, key: inputKey({ runId, repetition: task.repetition, image: task.image.name }) }))
      .filter(({ key }) => !uploaded.has(key));
    if (missing.length === 0) return 'everything was uploaded before';

    const warmth = await warmUpCloud(context);
    if (context.state().uploadStartedMs === null) await context.updateState({ uploadStartedMs: Date.now() });
    let done = uploaded.size;
    await concurrently(missing, uploadsAtOnce, async ({ key, image, repetition }) => {
      await uploadImage(clients, names.inputBucket, key, image, signal);
      emit({ type: 'imageStarted', side: 'cloud', image: image.name, repetition, pid: null });
      done += 1;
      context.progress(done, uploaded.size + missing.length, 'images');
    });
    return `${missing.length} images uploaded; ${warmth}`;
  },
};

/** Repetition by repetition, as on-prem, so that no image's repetitions share a moment of the machine. */
function repetitionsOf<T>(images: readonly T[], repetitions: number): { readonly image: T; readonly repetition: number }[] {
  return Array.from({ length: repetitions }, (_, index) => index + 1).flatMap((repetition) =>
    images.map((image) => ({ image, repetition })),
  );
}

