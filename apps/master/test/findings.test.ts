import { describe, expect, it } from 'vitest';
import { type FindingsInput, findFaults } from '../src/comparison/findings.ts';
import { cloudRecord, record } from './records.ts';

const images = ['a.jpg', 'b.jpg'];

function input(change: Partial<FindingsInput> = {}): FindingsInput {
  return {
    onPrem: images.map((image) => record({ image })),
    cloud: images.map((image) => cloudRecord({ image })),
    expected: { images, repetitions: 1 },
    interruptedSides: [],
    differentOutputs: null,
    ...change,
  };
}

function levels(change: Partial<FindingsInput>) {
  return findFaults(input(change)).map(({ level, id }) => `${level} ${id}`);
}

describe('findings of a comparison', () => {
  it('has none for two complete warm sides', () => {
    expect(levels({})).toEqual([]);
  });

  it('names rows that never arrived', () => {
    const findings = findFaults(input({ cloud: [cloudRecord({ image: 'a.jpg' })] }));
    expect(findings).toMatchObject([
      { level: 'error', id: 'missing-rows', message: expect.stringContaining('1/b.jpg') },
    ]);
  });

  it('refuses a row counted twice', () => {
    const doubled = [...input().cloud, cloudRecord({ image: 'a.jpg' })];
    expect(levels({ cloud: doubled })).toEqual(['error doubled-rows']);
  });

  it('lists an image that fails on both sides without calling the comparison invalid', () => {
    const bad = { image: 'b.jpg', status: 'error', error: 'truncated', processingTimeMs: null } as const;
    const change = { onPrem: [record(), record(bad)], cloud: [cloudRecord(), cloudRecord(bad)] };
    expect(levels(change)).toEqual(['info failed-alike']);
  });

  it('calls a comparison invalid when an image fails on one side only', () => {
    const bad = { image: 'b.jpg', status: 'error', error: 'truncated', processingTimeMs: null } as const;
    expect(levels({ cloud: [cloudRecord(), cloudRecord(bad)] })).toEqual(['error one-sided-failure']);
    expect(levels({ onPrem: [record(), record(bad)] })).toEqual(['error one-sided-failure']);
  });

  it('calls a comparison invalid when an image has only a cold row on one side', () => {
    expect(levels({ cloud: [cloudRecord({ cold: true }), cloudRecord({ image: 'b.jpg' })] })).toEqual([
      'error cold-imbalance',
    ]);
  });

  it('only warns of few cold rows where warm rows of the same images remain', () => {
    const repetitions = 10;
    const rows = (make: typeof record) =>
      images.flatMap((image) =>
        Array.from({ length: repetitions }, (_, index) => make({ image, repetition: index + 1 })),
      );
    const cloud = rows(cloudRecord).map((row, index) => (index === 0 ? { ...row, cold: true } : row));
    expect(levels({ onPrem: rows(record), cloud, expected: { images, repetitions } })).toEqual([
      'warning cold-rows',
    ]);
  });

  it('warns of outputs that differ between the sides', () => {
    expect(levels({ differentOutputs: ['1/a.jpg'] })).toEqual(['warning different-outputs']);
    expect(levels({ differentOutputs: [] })).toEqual([]);
  });

  it('warns of missing REPORT lines and of second attempts', () => {
    const cloud = [cloudRecord({ billedMs: null }), cloudRecord({ image: 'b.jpg', attempt: 2 })];
    expect(levels({ cloud })).toEqual(['warning missing-reports', 'warning retried']);
  });
});
