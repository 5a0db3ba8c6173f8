import { describe, expect, it } from 'vitest';
import { gainRange, imagesPerSOf, reachOf, scalingOf } from '../../src/cloud-vs-onprem/throughput.ts';
import { onPremSample, round } from './samples.ts';

describe('throughput', () => {
  it('is the images of a round over its time on the wall', () => {
    const rows = [
      ...round(onPremSample, { runId: 'one', images: 10, wallMs: 2000 }),
      ...round(onPremSample, { runId: 'two', images: 10, wallMs: 500 }),
    ];
    expect(imagesPerSOf(rows)).toEqual([5, 20]);
  });

  it('leaves out rounds that were torn apart, that had failures, and warm-up', () => {
    const rows = [
      ...round(onPremSample, { runId: 'torn', images: 10, wallMs: 2000 }).slice(3),
      ...round(onPremSample, { runId: 'failed', images: 10, wallMs: 2000, status: 'error' }),
      ...round(onPremSample, { runId: 'warm-up', images: 10, wallMs: 2000, phase: 'warm-up' }),
    ];
    expect(imagesPerSOf(rows)).toEqual([]);
  });
});

describe('how far a side scales', () => {
  const point = (load: number, ...imagesPerS: number[]) => ({ load, imagesPerS });

  it('is the last width whose every round beats all of the best narrower one', () => {
    const points = [point(1, 9, 10, 11), point(2, 18, 19, 20), point(4, 19, 30, 31), point(8, 21, 22, 23)];
    expect(reachOf(points)).toEqual({ narrowest: 1, width: 8, imagesPerS: 22, gain: 2.2 });
    expect(reachOf(points.slice(0, 3))).toMatchObject({ width: 2, gain: 1.9 });
  });

  it('is not shown by fewer than three rounds, and not of a width that has none', () => {
    expect(reachOf([point(1, 9, 10), point(2, 18, 19, 20)])?.width).toBe(1);
    expect(reachOf([point(1), point(2, 9, 10, 11), point(4, 19, 20, 21)])).toEqual({
      narrowest: 2,
      width: 4,
      imagesPerS: 20,
      gain: 2,
    });
  });

  it('is told in gains from the worst to the best that the rounds allow', () => {
    const points = [point(1, 10, 12.5), point(2, 20, 25)];
    expect(gainRange(points, 2)).toEqual({ low: 1.6, high: 2.5 });
    expect(gainRange(points, 4)).toBeUndefined();
  });

  it('is the narrowest width where nothing is shown, and unknown without a whole round', () => {
    expect(reachOf([point(1, 10, 12), point(2, 11, 13)])?.width).toBe(1);
    expect(reachOf([point(1)])).toBeUndefined();
  });
});

describe('a sweep', () => {
  it('is fitted: throughputs made by the law give its coefficients and its knee back', () => {
    const [lambda, sigma, kappa] = [10, 0.1, 0.01];
    const rows = [1, 2, 4, 8, 16].flatMap((width) =>
      [1, 2].flatMap((pass) => {
        const imagesPerS = (lambda * width) / (1 + sigma * (width - 1) + kappa * width * (width - 1));
        // So long that the milliseconds of the timestamps do not count.
        return round(onPremSample, {
          runId: `${width} ${pass}`,
          images: 100,
          wallMs: 1e8 / imagesPerS,
          phase: 'sweep',
          arm: `on_prem width ${width}`,
          width,
        });
      }),
    );
    const scaling = scalingOf(rows, 'on_prem');
    if (scaling?.fit.kind !== 'fit') throw new Error('expected a fit');
    const { fit, overWidth, overImages } = scaling;
    expect(overWidth.map(({ load }) => load)).toEqual([1, 2, 4, 8, 16]);
    expect(overImages).toEqual([]);
    expect(fit.sigma.estimate).toBeCloseTo(sigma, 5);
    expect(fit.kappa.estimate).toBeCloseTo(kappa, 6);
    expect(fit.knee).toMatchObject({ kind: 'peak', measured: true, load: expect.closeTo(Math.sqrt(90), 3) });
    expect(scalingOf(rows, 'cloud')).toBeNull();
  });
});
