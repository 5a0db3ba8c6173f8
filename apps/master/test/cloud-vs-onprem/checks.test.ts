import { join } from 'node:path';
import { type CheckInput, columnsOf, findAll } from '@skyground/experiment';
import { readCsv } from '@skyground/metrics';
import { describe, expect, it } from 'vitest';
import { observe, type Sample, sampleSchema } from '../../src/cloud-vs-onprem/sample.ts';

const recording = join(import.meta.dirname, 'clean-samples.csv');
const kinds = new Map(columnsOf(sampleSchema).map(({ name, kind }) => [name, kind]));

/** What a run wrote: the shipped images, four rounds of each side on the embedded cloud, one worker and one environment. */
async function recorded(): Promise<readonly Sample[]> {
  const rows: (readonly (string | null)[])[] = [];
  for await (const { cells } of readCsv({ path: recording }, () => undefined)) rows.push(cells);
  const [header = [], ...lines] = rows;
  return lines.map((cells) =>
    sampleSchema.parse(
      Object.fromEntries(
        cells.map((cell, index) => {
          const name = header[index] ?? '';
          const isText = kinds.get(name) === 'text' || cell === null;
          return [name, isText ? cell : JSON.parse(cell)];
        }),
      ),
    ),
  );
}

/** The checks on what was recorded, as if the machine had done nothing else. */
function found(samples: readonly Sample[], planned: readonly Sample[]): readonly string[] {
  const units = Map.groupBy(
    planned.filter(({ phase }) => phase !== 'warm-up').map(observe),
    ({ arm }) => arm,
  );
  const input: CheckInput = {
    observations: samples.map(observe),
    planned: new Map([...units].map(([arm, rows]) => [arm, rows.map(({ unit }) => unit)])),
    durationCovers: 'part',
    conditions: {
      minimumSamples: 6,
      clockResolutionMs: 0.001,
      clockOffset: null,
      load: { foreignCores: 0.2, cores: 2, stealShare: 0 },
      pricesReadOn: '2026-11-21',
      startedAt: '2026-11-21T06:30:00.000Z',
    },
  };
  return findAll(input).map(({ severity, checkId }) => `${severity} ${checkId}`);
}

const isMeasured = ({ phase }: Sample) => phase === 'compare';
const isCloud = (sample: Sample) => isMeasured(sample) && sample.source === 'cloud';

describe('the checks on this experiment', () => {
  it('are silent on a recorded run', async () => {
    const samples = await recorded();
    expect(samples.filter(isMeasured)).toHaveLength(96);
    expect(samples.length).toBeGreaterThan(96);
    expect(found(samples, samples)).toEqual([]);
  });

  it.each<[string, string, (sample: Sample, index: number) => Sample | undefined]>([
    ['error no-work', 'a stub in the cloud', (one) => (isCloud(one) ? { ...one, newSizeBytes: 0 } : one)],
    ['error missing-rows', 'a row that is missing', (one, index) => (index === 20 ? undefined : one)],
    [
      'error wrong-variant',
      'another memory size',
      (one) => (isCloud(one) ? { ...one, memorySizeMb: 128 } : one),
    ],
    [
      'error truncated-payload',
      'a file cut off',
      (one) => (isCloud(one) ? { ...one, originalSizeBytes: 1000 } : one),
    ],
    [
      'error failures',
      'images that never came back',
      (one) =>
        isCloud(one) && one.repetition === 2
          ? { ...one, status: 'error', timedOut: true, processingTimeMs: null }
          : one,
    ],
    [
      'error cold-left-out',
      'cold starts in a whole round of one side',
      (one) => (isCloud(one) && one.repetition === 1 ? { ...one, cold: true } : one),
    ],
    [
      'error impossible-durations',
      'times of zero',
      (one) => (isCloud(one) ? { ...one, processingTimeMs: 0 } : one),
    ],
    [
      'warning order',
      'one side after the other',
      (one) => (isCloud(one) ? { ...one, timestamp: one.timestamp.replace('2026', '2027') } : one),
    ],
  ])('find %s: %s', async (finding, _defect, plant) => {
    const samples = await recorded();
    const defective = samples.flatMap((sample, index) => plant(sample, index) ?? []);
    expect(found(defective, samples)).toContain(finding);
  });
});
