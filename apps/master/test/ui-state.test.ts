import { describe, expect, it } from 'vitest';
import { bar, etaMs, shorten, throughputPerS } from '../src/ui/figures.ts';
import { initialState, reduceEvent, reduceKey, type ViewState } from '../src/ui/state.ts';
import { record } from './records.ts';

function after(...events: readonly [Parameters<typeof reduceEvent>[1], number][]): ViewState {
  return events.reduce((state, [event, nowMs]) => reduceEvent(state, event, nowMs), initialState(0));
}

describe('view state', () => {
  it('follows an image from in flight to finished', () => {
    const started = after([{ type: 'imageStarted', side: 'on_prem', image: 'a.jpg', repetition: 1, pid: 7 }, 100]);
    expect(started.sides.on_prem.inFlight).toEqual(['a.jpg']);
    const finished = reduceEvent(started, { type: 'imageFinished', side: 'on_prem', record: record() }, 300);
    expect(finished.sides.on_prem).toMatchObject({ inFlight: [], finished: 1, failed: 0, processingTimesMs: [20] });
    expect(throughputPerS(finished.sides.on_prem, 9999)).toBe(5);
  });

  it('keeps cold and failed images out of the live median', () => {
    const state = after(
      [{ type: 'imageFinished', side: 'cloud', record: record({ cold: true }) }, 1],
      [{ type: 'imageFinished', side: 'cloud', record: record({ status: 'error', error: 'empty', processingTimeMs: null }) }, 2],
    );
    expect(state.sides.cloud.processingTimesMs).toEqual([]);
    expect(state.failures).toHaveLength(1);
  });

  it('holds the log still while the person has scrolled back', () => {
    let state = after([{ type: 'log', level: 'info', message: 'one' }, 0], [{ type: 'log', level: 'info', message: 'two' }, 0]);
    state = reduceKey(state, { type: 'togglePause' });
    state = reduceEvent(state, { type: 'log', level: 'info', message: 'three' }, 0);
    expect(state.scrolledBack).toBe(1);
    expect(reduceKey(state, { type: 'togglePause' }).scrolledBack).toBeUndefined();
  });

  it('moves between failed images only as far as there are any', () => {
    let state = after([{ type: 'imageFinished', side: 'cloud', record: record({ status: 'error', error: 'empty' }) }, 0]);
    state = reduceKey(reduceKey(state, { type: 'toggleFailures' }), { type: 'move', lines: -3 });
    expect(state.selectedFailure).toBe(0);
  });
});

describe('figures', () => {
  it('gives no ETA before the pace means something', () => {
    expect(etaMs({ done: 2, total: 100, unit: 'images' }, 0, 1000)).toBeUndefined();
    expect(etaMs({ done: 50, total: 100, unit: 'images' }, 0, 1000)).toBe(1000);
    expect(etaMs({ done: 100, total: 100, unit: 'images' }, 0, 1000)).toBeUndefined();
  });

  it('draws bars of exactly the width asked, whatever the share', () => {
    for (const share of [-1, 0, 0.5, 1, 7, Number.NaN]) expect([...bar(share, 10, '#', '.')]).toHaveLength(10);
  });

  it('shortens by characters that a person sees', () => {
    expect(shorten('naïve 🏔 photo', 8)).toBe('naïve 🏔…');
    expect(shorten('short', 8)).toBe('short');
  });
});
