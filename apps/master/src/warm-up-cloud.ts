import { type CloudClients, functionLog, lastLines, pollIntervalMs, pollUntil } from '@skyground/cloud';
import {
  collectParts,
  type ImageProcessorNames,
  type Part,
  parseInputKey,
  warmupKey,
} from '@skyground/image-processor';
import type { ListedImage } from '@skyground/imaging';
import { listObjects, uploadImage } from './cloud-objects.ts';
import { concurrently } from './concurrently.ts';
import { StageError } from './errors.ts';
import { warmUpImages } from './warm-up.ts';

const mostRounds = 5;
/** On a real account without reserved concurrency, how wide the burst may become decides how many environments it meets. */
const widestBurst = 50;

/** How wide a warm-up must be for a burst of so many images. */
export function warmUpWidth(reservedConcurrency: number | undefined, burst: number): number {
  return reservedConcurrency === undefined ? Math.min(widestBurst, burst) : reservedConcurrency * 2;
}

interface WarmUpRequest {
  readonly clients: CloudClients;
  readonly names: ImageProcessorNames;
  readonly images: readonly ListedImage[];
  readonly runId: string;
  readonly width: number;
  /** How long nothing may come back. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

interface WarmUp {
  /** What was done, in words. */
  readonly summary: string;
  /** All that was thrown away: it was billed all the same. */
  readonly parts: readonly Part[];
  readonly listRequests: number;
}

/**
 * Sends rounds of discarded images until a whole round has met warm environments only. Each round is as wide as the measured
 * burst can become, so that the burst meets no environment that the rounds have not met.
 */
export async function warmUpCloud(request: WarmUpRequest): Promise<WarmUp> {
  const { clients, names, images, runId, width, waitMs, signal } = request;
  const candidates = warmUpImages(images);
  if (candidates.length === 0) return { summary: 'nothing to warm up with', parts: [], listRequests: 0 };
  const startedMs = Date.now();
  const known = new Map<string, Part>();
  let listRequests = 1;
  const collect = () => {
    listRequests += 1;
    return collectParts({
      clients,
      outputBucket: names.buckets.output,
      runId,
      signal,
      kind: 'warmup',
      known,
    });
  };
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
      quietMs: waitMs,
      signal,
    });
    if (outcome !== 'done') {
      const log = lastLines(
        await functionLog(clients, names.functions.main.logGroup, { sinceMs: startedMs, signal }),
      );
      const said = log.length === 0 ? 'It logged nothing.' : ['Its last log lines:', ...log].join('\n  ');
      throw new StageError(
        `only ${parts.length} of ${width} warm-up images came back from the function ${names.functions.main.name} before ${waitMs / 1000} s without progress. ${said}\n`,
      );
    }
    const cold = parts.filter((part) => part.cold === true).length;
    const environments = new Set(parts.map((part) => part.environmentId)).size;
    if (cold === 0) {
      const summary = `${environments} environments warm after ${round} discarded rounds`;
      return { summary, parts: [...known.values()], listRequests };
    }
  }
  const summary = `still meeting cold starts after ${mostRounds} discarded rounds`;
  return { summary, parts: [...known.values()], listRequests };
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
