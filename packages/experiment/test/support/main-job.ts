import { readFileSync } from 'node:fs';
import type { CheckInput } from '../../src/checks/check.ts';
import type { Observation } from '../../src/observation.ts';

interface RecordedRow {
  readonly source: 'on_prem' | 'cloud';
  readonly image: string;
  readonly repetition: number;
  readonly status: 'ok' | 'error';
  readonly cold: boolean | null;
  readonly processingTimeMs: number | null;
  readonly timestamp: string;
  readonly endToEndMs: number | null;
  readonly newSizeBytes: number | null;
}

/**
 * What two comparisons of cloud and on-premises wrote on 2026-11-21 (the shipped images, 4 repetitions, one worker, embedded
 * cloud): their two CSVs, reduced to the columns that the checks see. In the drifting one, both sides
 * became a third faster from the first repetitions to the last. The whole on-prem side ran before the cloud side; `interleaved` moves each repetition's block.
 */
export function recordedMainJob(
  recording: 'steady' | 'drifting',
  { interleaved }: { readonly interleaved: boolean },
): CheckInput {
  const file = new URL(`../fixtures/main-job-${recording}.json`, import.meta.url);
  // Our own recording, written by the script that reduced the CSVs.
  const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly RecordedRow[];
  const observations = rows.map((row) => observe(row, interleaved ? shiftOf(row, rows) : 0));
  return {
    observations,
    planned: new Map(
      ['on_prem', 'cloud'].map((arm) => [
        arm,
        observations.flatMap((row) => (row.arm === arm ? [row.unit] : [])),
      ]),
    ),
    durationCovers: 'part',
    conditions: {
      minimumSamples: 6,
      clockResolutionMs: 0.001,
      clockOffset: null,
      load: null,
      pricesReadOn: null,
      startedAt: '2026-11-21T17:19:00.000Z',
    },
  };
}

function observe(row: RecordedRow, shiftMs: number): Observation {
  const endedAtMs = Date.parse(row.timestamp) + shiftMs;
  return {
    arm: row.source,
    unit: `${row.image}#${row.repetition}`,
    dueAtMs: null,
    startedAtMs: row.endToEndMs === null ? null : endedAtMs - row.endToEndMs,
    endedAtMs,
    durationMs: row.processingTimeMs,
    outcome: row.status === 'ok' ? 'succeeded' : 'failed',
    start: row.cold === true ? 'cold' : 'warm',
    didWork: (row.newSizeBytes ?? 0) > 0,
    variant: null,
    isCompared: row.status === 'ok' && row.cold !== true,
    payload: null,
  };
}

/** Puts the block of a side's repetition behind the same repetition of the other side, ten seconds each. */
function shiftOf({ source, repetition }: RecordedRow, rows: readonly RecordedRow[]): number {
  const block = rows.filter((row) => row.source === source && row.repetition === repetition);
  const first = Math.min(...block.map((row) => Date.parse(row.timestamp)));
  return Date.UTC(2026, 10, 21) + (repetition * 2 + (source === 'cloud' ? 1 : 0)) * 10_000 - first;
}
