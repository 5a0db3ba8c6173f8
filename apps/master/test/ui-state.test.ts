import type { ImageRecord } from '@skyground/metrics';
import { describe, expect, it } from 'vitest';
import type { MasterEvent } from '../src/events.ts';
import { bar, etaMs, ratePerS, throughputPerS } from '../src/ui/figures.ts';
import { initialState, reduceEvent, reduceKey, type ViewState } from '../src/ui/state.ts';
import { record } from './records.ts';

function seeing(...events: readonly (readonly [MasterEvent, number])[]): ViewState {
  return events.reduce((state, [event, nowMs]) => reduceEvent(state, event, nowMs), initialState(0));
}

const started = (image: string): MasterEvent => ({
  type: 'imageStarted',
  side: 'on_prem',
  image,
  repetition: 1,
  pid: 7,
});
const finished = (change: Partial<ImageRecord> = {}, earlier = false): MasterEvent => ({
  type: 'imageFinished',
  side: change.source ?? 'on_prem',
  record: record(change),
  earlier,
});
const logged = (message: string): MasterEvent => ({ type: 'log', level: 'info', message });
const bad = { status: 'error', error: 'empty', processingTimeMs: null } as const;

describe('view state', () => {
  it('follows an image from in flight to finished', () => {
    const state = seeing([started('a.jpg'), 100]);
    expect(state.sides.on_prem).toMatchObject({ inFlight: 1, inFlightNames: ['a.jpg'] });
    const next = reduceEvent(state, finished(), 300);
    expect(next.sides.on_prem).toMatchObject({
      inFlight: 0,
      inFlightNames: [],
      finished: 1,
      failed: 0,
      recentTimesMs: [20],
    });
  });

  it('counts images of before a stop, but neither in flight nor into the pace', () => {
    const state = seeing([started('b.jpg'), 0], [finished({ image: 'a.jpg' }, true), 0]);
    expect(state.sides.on_prem).toMatchObject({
      inFlight: 1,
      finished: 1,
      recentTimesMs: [20],
      pace: undefined,
    });
  });

  it('measures the pace by the images own clock, not by when they were noticed', () => {
    const at = (second: number) => `2026-11-21T06:30:0${second}.000Z`;
    const state = seeing(
      [finished({ timestamp: at(1), endToEndMs: 1000 }), 50_000],
      [finished({ timestamp: at(4), endToEndMs: 500 }), 50_000],
    );
    expect(throughputPerS(state.sides.on_prem)).toBe(0.5);
    expect(throughputPerS({ pace: undefined })).toBeUndefined();
  });

  it('keeps cold and failed images out of the live median', () => {
    const state = seeing([finished({ cold: true }), 1], [finished(bad), 2]);
    expect(state.sides.on_prem.recentTimesMs).toEqual([]);
    expect(state.failures).toHaveLength(1);
  });

  it('stays small in a run of any length', () => {
    let state = seeing();
    for (let index = 0; index < 3000; index += 1) {
      state = reduceEvent(state, started(`${index}.jpg`), 0);
      state = reduceEvent(state, finished({ image: 'other.jpg', ...bad }), 0);
      state = reduceEvent(state, finished({ image: 'other.jpg' }), 0);
    }
    const { inFlightNames, recentTimesMs } = state.sides.on_prem;
    expect([inFlightNames.length, recentTimesMs.length, state.failures.length, state.log.length]).toEqual([
      20, 1000, 500, 500,
    ]);
  });

  it('shows what would steer the terminal as a sign', () => {
    const name = 'a\u001b[2J\u202eb.jpg';
    const state = seeing([started(name), 0], [logged(name), 0], [finished({ image: name }), 0]);
    expect(state.log[0]?.text).toBe('a\ufffd[2J\ufffdb.jpg');
    expect(state.sides.on_prem.inFlightNames).toEqual([]);
  });

  it('holds the log still while the person has scrolled back, and follows again at its end', () => {
    let state = seeing([logged('one'), 0], [logged('two\nthree'), 0]);
    state = reduceKey(state, { type: 'togglePause' });
    state = reduceEvent(state, logged('four\nfive'), 0);
    expect(state.scrolledBack).toBe(2);
    expect(reduceKey(state, { type: 'togglePause' }).scrolledBack).toBeUndefined();
    expect(reduceKey(state, { type: 'move', lines: 9, pageLines: 2 }).scrolledBack).toBe(3);
    expect(reduceKey(state, { type: 'move', lines: -9, pageLines: 2 }).scrolledBack).toBeUndefined();
  });

  it('moves between failed images only as far as there are any', () => {
    let state = seeing([finished(bad), 0], [finished(bad), 0]);
    state = reduceKey(state, { type: 'toggleFailures' });
    expect(reduceKey(state, { type: 'move', lines: 3, pageLines: 7 }).selectedFailure).toBe(0);
    expect(reduceKey(state, { type: 'move', lines: -7, pageLines: 7 }).selectedFailure).toBe(1);
  });
});

describe('figures', () => {
  const progress = (done: number, firstDone = 0) => ({
    done,
    total: 100,
    unit: 'images',
    firstDone,
    firstMs: 0,
  });

  it('gives no ETA before the pace means something', () => {
    expect(etaMs(progress(2), 1000)).toBeUndefined();
    expect(etaMs(progress(50), 1000)).toBe(1000);
    expect(etaMs(progress(100), 1000)).toBeUndefined();
  });

  it('leaves what was done before a stop out of rate and ETA', () => {
    expect(ratePerS(progress(60, 50), 1000)).toBe(10);
    expect(etaMs(progress(60, 50), 1000)).toBe(4000);
    expect(ratePerS(progress(50, 50), 1000)).toBeUndefined();
    const state = seeing(
      [{ type: 'stageStarted', stage: 'on-prem' }, 0],
      [{ type: 'stageProgress', stage: 'on-prem', done: 50, total: 100, unit: 'images' }, 3000],
      [{ type: 'stageProgress', stage: 'on-prem', done: 60, total: 100, unit: 'images' }, 4000],
    );
    expect(state.stages['on-prem']).toMatchObject({ progress: { done: 60, firstDone: 50, firstMs: 3000 } });
  });

  it('draws bars of exactly the width asked, whatever the share', () => {
    for (const share of [-1, 0, 0.5, 1, 7, Number.NaN]) expect(bar(share, 10, '#', '.')).toHaveLength(10);
  });
});
