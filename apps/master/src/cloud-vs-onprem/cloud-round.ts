import {
  type CloudClients,
  functionLog,
  logBytesByRequest,
  pollIntervalMs,
  pollUntil,
} from '@skyground/cloud';
import {
  collectParts,
  type ImageProcessorDeclaration,
  type ImageProcessorNames,
  inputKey,
  mergeParts,
  type Part,
  recordOfPart,
} from '@skyground/image-processor';
import type { ImageRecord } from '@skyground/metrics';
import { deleteObjects, listObjects, uploadImages, uploadsAtOnce } from '../cloud-objects.ts';
import { explainMissing } from '../explain-missing.ts';
import { joinWithReports } from '../join-with-reports.ts';
import { warmUpCloud, warmUpWidth } from '../warm-up-cloud.ts';
import { neverCame } from './never-came.ts';
import { filesOf, type RoundContext, type RoundRow } from './round-context.ts';
import { unitOf } from './rounds.ts';

/** How long REPORT lines are asked for: CloudWatch shows them some seconds late. */
const logWaitMs = 15_000;

export interface CloudPlace {
  readonly clients: CloudClients;
  readonly names: ImageProcessorNames;
  /** As it is deployed now. */
  readonly declaration: ImageProcessorDeclaration;
  readonly waitMs: number;
}

/** One round through S3 and the function, warmed up before. Everything that it put into the buckets is removed again. */
export async function cloudRound(context: RoundContext, place: CloudPlace): Promise<readonly RoundRow[]> {
  const { runId } = context;
  const { clients, names } = place;
  try {
    const { rows, sinceMs } = await measured(context, place);
    return await withLogs(rows, sinceMs, context, place);
  } finally {
    // Not by the run's signal: what a stopped round left behind would stay for good.
    const signal = AbortSignal.timeout(30_000);
    for (const bucket of [names.buckets.input, names.buckets.output]) {
      const objects = await listObjects(clients, bucket, `${runId}/`, signal);
      await deleteObjects(clients, bucket, [...objects.keys()], signal);
    }
  }
}

async function measured(context: RoundContext, place: CloudPlace) {
  const { round, runId, signal, log, images } = context;
  const { clients, names, declaration, waitMs } = place;
  const { memoryMb, reservedConcurrency } = declaration.functions.main;
  const files = filesOf(context);
  const sinceMs = Date.now();
  const width = warmUpWidth(reservedConcurrency, files.length);
  const warmUp = await warmUpCloud({
    clients,
    names,
    images: [...images.values()],
    runId,
    width,
    waitMs,
    signal,
  });

  const uploads = files.map(({ image, repetition, file }) => ({
    key: inputKey({ runId, repetition, image }),
    image: file,
  }));
  // A sender narrower than the function would be what a sweep of its width measures.
  const atOnce = Math.max(uploadsAtOnce, round.width);
  await uploadImages({ clients, bucket: names.buckets.input, uploads, atOnce, signal });
  const known = new Map<string, Part>();
  let records: readonly ImageRecord[] = [];
  let listRequests = 0;
  const look = async () => {
    listRequests += 1;
    const parts = await collectParts({ clients, outputBucket: names.buckets.output, runId, signal, known });
    records = mergeParts(parts, runId);
    return { done: records.length >= files.length, progress: records.length };
  };
  const intervalMs = pollIntervalMs(clients.target.kind);
  await pollUntil(look, { intervalMs, quietMs: waitMs, signal });

  const came = new Set(records.map(unitOf));
  const missing = files.filter((file) => !came.has(unitOf(file)));
  if (missing.length > 0) {
    const named = missing.map((file) => ({ name: unitOf(file), key: inputKey({ runId, ...file }) }));
    const logGroup = names.functions.main.logGroup;
    for (const message of await explainMissing(named, { clients, logGroup, sinceMs, signal }))
      log('error', message);
  }
  const rows: RoundRow[] = [
    ...warmUp.parts.map((part, index) => ({
      ...recordOfPart(part),
      phase: 'warm-up' as const,
      repetition: index + 1,
    })),
    ...records,
    ...missing.map(({ image, repetition, file }) => ({
      ...neverCame(runId, waitMs),
      image,
      repetition,
      originalSizeBytes: file.sizeBytes,
    })),
  ];
  const lists = warmUp.listRequests + listRequests;
  return {
    rows: rows.map((row, index) => ({
      ...row,
      declaredMemoryMb: memoryMb,
      listRequests: index === 0 ? lists : 0,
    })),
    sinceMs,
  };
}

/** Billed time, memory and log bytes, which only the function's log knows. */
async function withLogs(
  rows: readonly RoundRow[],
  sinceMs: number,
  { signal, log }: RoundContext,
  { clients, names }: CloudPlace,
): Promise<readonly RoundRow[]> {
  const { logGroup } = names.functions.main;
  const where = { clients, logGroup, sinceMs, signal };
  const { records, missing } = await joinWithReports(rows, { ...where, waitMs: logWaitMs });
  if (missing > 0) {
    log(
      'warning',
      `${missing} rows have no REPORT line after ${logWaitMs / 1000} s: their billed time is not known`,
    );
  }
  const bytes = logBytesByRequest(await functionLog(clients, logGroup, { sinceMs, signal }));
  return records.map((record, index) => ({
    ...rows[index],
    ...record,
    logBytes: record.requestId === null ? null : (bytes.get(record.requestId) ?? null),
  }));
}
