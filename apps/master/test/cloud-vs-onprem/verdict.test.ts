import { describe, expect, it } from 'vitest';
import { charts } from '../../src/cloud-vs-onprem/charts.ts';
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

  it('says where the bill has holes, and on which side of the range a side is always cheaper', () => {
    const whole = said({ cloudMs: 100, spread: steady });
    expect(whole).not.toContain('Bill:');
    const rows = samples({ cloudMs: 100, spread: steady });
    const unbilled = rows.map((row) => (row.source === 'cloud' ? { ...row, billedMs: null } : row));
    expect(verdict(summarise(unbilled, parameters())).sentences).toContain(
      'Bill: too low, because 32 cloud rows have no REPORT line; what Lambda charges for them is not in it.',
    );
    const dear = parameters({ onPremCost: ['serverUsd=1e12'] });
    expect(verdict(summarise(rows, dear)).sentences.join('\n')).toMatch(
      /measured on the embedded cloud, not on AWS\): the cloud is cheaper at every volume/,
    );
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
    expect(further).toMatch(
      /A hard limit describes it better than the Universal Scalability Law \(R² 1\.00 against 0\.\d+\): the throughput rises in proportion up to 2\.0 at a time, and no further/,
    );
    expect(further).not.toMatch('lower the throughput');
    const alike = said({ cloudMs: 100, spread: steady }, [
      ...sweep('on_prem', flat),
      ...sweep('cloud', flat),
    ]);
    expect(alike).toContain('Scaling: no difference shown: at width 2, ');
    const level = { 1: 10, 2: 10, 4: 10, 8: 10 };
    const neither = said({ cloudMs: 100, spread: steady }, [
      ...sweep('on_prem', level),
      ...sweep('cloud', level),
    ]);
    expect(neither).toContain('Scaling: neither side is shown to be faster at any width beyond 1.');
    expect(neither).toMatch(/\(R² 0\.\d+, low because the width changes little\)/);
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

  it('draws the knee of either side', () => {
    const flat = { 1: 10, 2: 20, 4: 20, 8: 20 };
    const rows = [
      ...samples({ cloudMs: 100, spread: steady }),
      ...sweep('on_prem', flat),
      ...sweep('cloud', { ...flat, 4: 40, 8: 40 }),
    ];
    const drawn = charts(summarise(rows, parameters()), rows).find(
      ({ id }) => id === 'throughput-over-width',
    );
    expect(JSON.stringify(drawn?.spec)).toMatch(/"knee of on-prem: 2\.0".*"knee of cloud \(local\): 4\.0"/);
  });

  it('has nothing to say without samples, and says so', () => {
    const summary = summarise([], parameters());
    expect(verdict(summary).headline).toContain('No verdict');
    expect(tables(summary)).toHaveLength(1);
  });
});
