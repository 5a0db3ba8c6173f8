import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/cloud-vs-onprem/sample.ts';
import { summarise } from '../../src/cloud-vs-onprem/summary.ts';
import { tables } from '../../src/cloud-vs-onprem/tables.ts';
import { verdict } from '../../src/cloud-vs-onprem/verdict.ts';
import { cloudSample, onPremSample, parameters, round } from './samples.ts';

interface Made {
  readonly cloudMs: number;
  /** Difference between the two repetitions of an image, relative to its time. */
  readonly spread: { readonly onPrem: number; readonly cloud: number };
}

/** Eight images, four rounds; a time rises and falls by the spread from round to round. */
function samples({ cloudMs, spread }: Made): readonly Sample[] {
  return [1, 2, 3, 4].flatMap((repetition) =>
    [onPremSample, cloudSample].flatMap((sampleOf) =>
      round(sampleOf, { runId: `${sampleOf.name} ${repetition}`, images: 8, wallMs: 800, repetition }).map(
        (sample, index) => {
          const [ms, share] = sample.source === 'cloud' ? [cloudMs, spread.cloud] : [100, spread.onPrem];
          const wave = 1 + (repetition % 2 === 0 ? share : -share) * (1 + index / 10);
          return {
            ...sample,
            processingTimeMs: ms * wave * (1 + index),
            requestId: `${repetition} ${index}`,
          };
        },
      ),
    ),
  );
}

function said(made: Made, more: readonly Sample[] = []): string {
  const { headline, sentences } = verdict(summarise([...samples(made), ...more], parameters()));
  return [headline, ...sentences].join('\n');
}

function sweep(side: 'on_prem' | 'cloud', rates: Readonly<Record<number, number>>): readonly Sample[] {
  return Object.entries(rates).flatMap(([width, imagesPerS]) =>
    [1, 2, 3].flatMap((pass) =>
      round(side === 'cloud' ? cloudSample : onPremSample, {
        runId: `${side} ${width} ${pass}`,
        images: 10,
        wallMs: 10_000 / (imagesPerS + pass / 10),
        phase: 'sweep',
        arm: `${side} width ${width}`,
        width: Number(width),
      }),
    ),
  );
}

describe('the verdict', () => {
  const steady = { onPrem: 0.05, cloud: 0.05 };

  it('names the faster side with its ratio and interval', () => {
    expect(said({ cloudMs: 200, spread: steady })).toContain(
      'on-prem processes an image 2.00x faster than cloud (local)',
    );
    expect(said({ cloudMs: 50, spread: steady })).toContain(
      'cloud (local) processes an image 2.00x faster than on-prem',
    );
    expect(said({ cloudMs: 100, spread: steady })).toContain('No difference shown in processing time');
  });

  it('names the steadier side, or says that none is shown to be', () => {
    expect(said({ cloudMs: 100, spread: { onPrem: 0.02, cloud: 0.1 } })).toContain('on-prem is steadier');
    expect(said({ cloudMs: 100, spread: { onPrem: 0.1, cloud: 0.02 } })).toContain(
      'cloud (local) is steadier',
    );
    expect(said({ cloudMs: 100, spread: steady })).toContain('Steadiness: no difference shown');
  });

  it('says what costs are modelled from, and that scaling was not measured', () => {
    const text = said({ cloudMs: 100, spread: steady });
    expect(text).toMatch(/Costs \(modelled from list prices of us-east-1 of \d{4}-\d{2}-\d{2}/);
    expect(text).toContain('measured on the embedded cloud, not on AWS');
    expect(text).toContain('Scaling was not measured');
  });

  it('names who scales further, and what the law makes of it', () => {
    const linear = { 1: 10, 2: 20, 4: 40, 8: 80 };
    const flat = { 1: 10, 2: 20, 4: 20, 8: 20 };
    const further = said({ cloudMs: 100, spread: steady }, [
      ...sweep('on_prem', flat),
      ...sweep('cloud', linear),
    ]);
    expect(further).toMatch(
      /cloud \(local\) scales further: at width 8, cloud \(local\) 7\.\d+ to 7\.\d+ times width 1, on-prem 1\.\d+ to 2\.\d+ times/,
    );
    expect(further).toContain('Universal Scalability Law');
    const alike = said({ cloudMs: 100, spread: steady }, [
      ...sweep('on_prem', flat),
      ...sweep('cloud', flat),
    ]);
    expect(alike).toContain('Scaling: no difference shown: at width 2, ');
  });

  it('holds nothing that JSON would change, and fills its tables', () => {
    const summary = summarise(
      [
        ...samples({ cloudMs: 100, spread: steady }),
        ...sweep('on_prem', { 1: 10 }),
        ...sweep('cloud', { 1: 9 }),
      ],
      parameters(),
    );
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
    for (const { columns, rows } of tables(summary)) {
      for (const row of rows) expect(row).toHaveLength(columns.length);
    }
    expect(tables(summary).map(({ id }) => id)).toEqual([
      'side-by-side',
      'sweep-width',
      'scalability-law',
      'sweep-images',
      'break-even',
      'cost-assumptions',
    ]);
  });

  it('has nothing to say without samples, and says so', () => {
    const summary = summarise([], parameters());
    expect(verdict(summary).headline).toContain('No verdict');
    expect(tables(summary)).toHaveLength(1);
  });
});
