import { collectParts, type Part, parseInputKey, warmupKey } from '@skyground/image-processor';
import { listObjects, uploadImage } from './cloud-objects.ts';
import { concurrently } from './concurrently.ts';
import { StageError } from './errors.ts';
import { functionLog, lastLines } from './lambda-logs.ts';
import { pollIntervalMs, pollUntil } from './poll.ts';
import type { StageContext } from './stage.ts';
import { warmUpImages } from './warm-up.ts';

const mostRounds = 5;
/** On a real account without reserved concurrency, how wide the burst may become decides how many environments it meets. */
const widestBurst = 50;

/**
 * Sends rounds of discarded images until a whole round has met warm environments only. Each round is as wide as the measured
 * burst can become, so that the burst meets no environment that the rounds have not met.
 */
export async function warmUpCloud(context: StageContext): Promise<string> {
  const { options, images, runId, signal } = context;
  const { clients, names, declaration } = await context.cloud();
  const candidates = warmUpImages(images);
  if (candidates.length === 0) return 'nothing to warm up with';
  const reserved = declaration.functions.main.reservedConcurrency;
  const width =
    reserved === undefined ? Math.min(widestBurst, images.length * options.repetitions) : reserved * 2;
  const startedMs = Date.now();
  const known = new Map<string, Part>();
  const collect = () =>
    collectParts({ clients, outputBucket: names.buckets.output, runId, signal, kind: 'warmup', known });
  const already = firstFreeIndex(await listObjects(clients, names.buckets.input, `${runId}/warmup/`, signal));

  for (let round = 1; round <= mostRounds; round += 1) {
    const first = already + (round - 1) * width;
    const indexes = Array.from({ length: width }, (_, offset) => first + offset);
    await concurrently(indexes, width, async (index) => {
      const image = candidates[index % candidates.length];
      if (image === undefined) return;
      await uploadImage(
        clients,
        names.buckets.input,
        warmupKey({ runId, index, image: image.name }),
        image,
        signal,
      );
    });
    let parts: readonly Part[] = [];
    const look = async () => {
      parts = (await collect()).filter(({ key }) =>
        indexes.some((index) => key.startsWith(`${runId}/warmup/${index}/`)),
      );
      return { done: parts.length >= width, progress: parts.length };
    };
    const outcome = await pollUntil(look, {
      intervalMs: pollIntervalMs(clients.target.kind),
      quietMs: options.waitMs,
      signal,
    });
    if (outcome !== 'done') {
      const log = lastLines(
        await functionLog(clients, names.functions.main.logGroup, { sinceMs: startedMs, signal }),
      );
      const said = log.length === 0 ? 'It logged nothing.' : ['Its last log lines:', ...log].join('\n  ');
      throw new StageError(
        `only ${parts.length} of ${width} warm-up images came back from the function ${names.functions.main.name} before ${options.waitMs / 1000} s without progress. ${said}\n`,
      );
    }
    const cold = parts.filter((part) => part.cold === true).length;
    const environments = new Set(parts.map((part) => part.environmentId)).size;
    if (cold === 0) return `${environments} environments warm after ${round} discarded rounds`;
  }
  return `still meeting cold starts after ${mostRounds} discarded rounds`;
}

/** A stopped run may have left warm-up images behind whose parts are still to come: indexes are never used twice. */
function firstFreeIndex(uploaded: ReadonlyMap<string, string>): number {
  let first = 0;
  for (const key of uploaded.keys()) {
    const image = parseInputKey(key);
    if (image?.kind === 'warmup') first = Math.max(first, image.index + 1);
  }
  return first;
}
