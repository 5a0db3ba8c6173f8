import { z } from 'zod';

const durationMs = z.number().nonnegative();

/** Lambda's JSON log format. Loose objects: AWS adds members over the years, and none of them changes these. */
const platformEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('platform.initStart'),
    record: z.object({ runtimeVersion: z.string(), runtimeVersionArn: z.string().optional() }),
  }),
  z.object({
    type: z.literal('platform.initReport'),
    record: z.object({
      phase: z.string().optional(),
      status: z.string().optional(),
      errorType: z.string().optional(),
      metrics: z.object({ durationMs }),
    }),
  }),
  z.object({
    type: z.literal('platform.start'),
    record: z.object({ requestId: z.string(), version: z.string().optional() }),
  }),
  z.object({
    type: z.literal('platform.report'),
    record: z.object({
      requestId: z.string(),
      status: z.string().optional(),
      errorType: z.string().optional(),
      tracing: z.object({ value: z.string().optional() }).optional(),
      metrics: z.object({
        durationMs,
        billedDurationMs: durationMs,
        memorySizeMB: z.number(),
        maxMemoryUsedMB: z.number().optional(),
        initDurationMs: durationMs.optional(),
        restoreDurationMs: durationMs.optional(),
        billedRestoreDurationMs: durationMs.optional(),
      }),
    }),
  }),
]);

/** The fields of a ReportLine, still to be checked by its schema; undefined for any other JSON. */
export function parseJsonReport(line: string): unknown {
  const checked = platformEvent.safeParse(parseJson(line));
  if (!checked.success) return undefined;
  const { type, record } = checked.data;
  switch (type) {
    case 'platform.initStart':
      return {
        kind: 'init-start',
        runtimeVersion: record.runtimeVersion,
        runtimeVersionArn: record.runtimeVersionArn ?? null,
      };
    case 'platform.initReport':
      return {
        kind: 'init-report',
        initMs: record.metrics.durationMs,
        phase: record.phase ?? null,
        status: record.status ?? null,
        errorType: record.errorType ?? null,
      };
    case 'platform.start':
      return { kind: 'start', requestId: record.requestId, version: record.version ?? null };
    case 'platform.report':
      return {
        kind: 'report',
        requestId: record.requestId,
        durationMs: record.metrics.durationMs,
        billedMs: record.metrics.billedDurationMs,
        memorySizeMb: record.metrics.memorySizeMB,
        maxMemoryUsedMb: record.metrics.maxMemoryUsedMB ?? null,
        initMs: record.metrics.initDurationMs ?? null,
        restoreMs: record.metrics.restoreDurationMs ?? null,
        billedRestoreMs: record.metrics.billedRestoreDurationMs ?? null,
        status: record.status ?? null,
        errorType: record.errorType ?? null,
        xrayTraceId: traceId(record.tracing?.value),
      };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Root=1-5f35ae12-...;Parent=...;Sampled=1` -> the root. */
function traceId(header: string | undefined): string | null {
  return header?.match(/(?:^|;)Root=([^;]+)/)?.[1] ?? null;
}
