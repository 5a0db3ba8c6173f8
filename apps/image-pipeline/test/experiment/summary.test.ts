import { describe, expect, it } from 'vitest';
import { charts } from '../../src/experiment/charts/charts.ts';
import { analysis } from '../../src/experiment/output/analysis.ts';
import { files } from '../../src/experiment/output/files.ts';
import { tables } from '../../src/experiment/output/tables.ts';
import { verdict } from '../../src/experiment/output/verdict.ts';
import { parametersSchema } from '../../src/experiment/parameters.ts';
import { summarise } from '../../src/experiment/summary/summary.ts';
import { usageOf } from '../../src/experiment/usage.ts';
import { pairs } from './support/samples.ts';

const parameters = parametersSchema.parse({ imageSize: '480x270' });
const samples = [...pairs(8), ...pairs(3, {}, ', cold')];
const summary = summarise(samples, parameters);

describe('of runs that behave as the model says', () => {
  it('medians are those of the rows', () => {
    const [warm, cold] = summary.groups;
    expect(warm).toMatchObject({ label: 'Uniform', start: 'warm' });
    expect(cold).toMatchObject({ label: 'Uniform, cold', start: 'cold' });
    expect(
      warm?.modes.map(({ mode, n, handOverMs, workMs, preResolved }) => ({
        mode,
        n,
        handOverMs: handOverMs.estimate,
        workMs,
        preResolved,
      })),
    ).toEqual([
      { mode: 'CLASSIC', n: 8, handOverMs: 10, workMs: 60, preResolved: 4 },
      { mode: 'FUTURE_BASED', n: 8, handOverMs: 10, workMs: 60, preResolved: 1 },
    ]);
    // Contour takes 901 to 908 ms: FUTURE_BASED waits for it from the 170th on.
    expect(warm?.modes[1]?.billedWaitMs).toBe(904.5 - 170);
    expect(summary.invokers).toEqual([
      { mode: 'CLASSIC', known: 11, right: 11 },
      { mode: 'FUTURE_BASED', known: 11, right: 11 },
      { mode: 'STEP_FUNCTIONS', known: 0, right: 0 },
    ]);
  });

  it('the verdict names gain, interval and bound', () => {
    const { headline, sentences } = verdict(summary);
    expect(headline).toBe(
      'On cloud (local) the complete result of FUTURE_BASED is there sooner: gain over CLASSIC 6.8 % (95 % interval 6.8 to 6.8 %), bound 6.8 % (Uniform).',
    );
    expect(sentences).toContainEqual(expect.stringMatching(/holds in 1 of 1 comparisons; 1 have too few/));
    expect(sentences).toContainEqual(
      expect.stringMatching(/CLASSIC in 11 of 11, FUTURE_BASED in 11 of 11 runs/),
    );
  });

  it('every table has a cell for each column, and no text a hole', () => {
    for (const { columns, rows } of tables(summary))
      for (const row of rows) expect(row).toHaveLength(columns.length);
    const said = JSON.stringify([tables(summary), analysis(summary), verdict(summary)]);
    expect(said).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(tables(summary).map(({ id }) => id)).toEqual([
      'gains',
      'latencies',
      'publisher',
      'branches',
      'functions',
      'costs',
    ]);
  });

  it('the bill has each invocation at the memory of its function, and waiting has its share', () => {
    const { lambda = [] } = usageOf(samples);
    expect(lambda.map(({ memoryMb, requests }) => [memoryMb, requests])).toEqual([
      ...Array.from({ length: 5 }, () => [512, 22]),
      [256, 22],
    ]);
    const [classic, future] = summary.costs;
    expect(classic?.waitShare).toBe(0);
    // 734.5 ms at 256 MB, of five functions at 512 MB (50, 100, 300, 500, 904.5 ms) and one at 256 MB (794.5 ms).
    expect(future?.waitShare).toBeCloseTo((734.5 * 256) / (1854.5 * 512 + 794.5 * 256), 9);
    expect(future?.perMillionUsd?.total).toBeGreaterThan(
      classic?.perMillionUsd?.total ?? Number.POSITIVE_INFINITY,
    );
  });

  it('files and charts have the names of the origin', () => {
    expect(files(summary, samples).map(({ path }) => path.replaceAll(/\d{8}_\d{6}/g, 'T'))).toEqual([
      ...['CLASSIC', 'FUTURE_BASED', 'STEP_FUNCTIONS'].flatMap((mode) => [
        `benchmark_image-pipeline_${mode}_T_runs.json`,
        `benchmark_image-pipeline_${mode}_T_summary.json`,
      ]),
      'COMPARISON_REPORT_T.md',
    ]);
    const ids = charts(summary, samples).map(({ id }) => id);
    for (const id of [
      'e2e_latency_comparison',
      'cold_warm_comparison',
      'per_function_breakdown',
      'invoker_distribution',
      'branch_timing_profile',
      'improvement_summary',
      'key_metrics_table',
      'timeline_diagram',
    ])
      expect(ids).toContain(id);
    expect(charts({ ...summary, isQuick: true }, samples)).toEqual([]);
  });
});

it('the guide is contradicted where the complete result needs the slowest branch', () => {
  const guide = pairs(8, { branchMs: { thumbnail: 100, transform: 200, filters: 350, contour: 1400 } }).map(
    (one) => ({
      ...one,
      scenario: 'guide' as const,
    }),
  );
  const figures = summarise(guide, parametersSchema.parse({ scenario: ['guide'] })).guide;
  expect(figures.map(({ what, expected, verdict: judged }) => [what, expected, judged])).toEqual([
    ['CLASSIC end to end', '1,600 ms', 'confirmed'],
    ['CLASSIC, inputs there when the Publisher starts', '0 of 4', 'contradicted'],
    ['FUTURE_BASED end to end', '300 ms', 'contradicted'],
    ['FUTURE_BASED, inputs there when the Publisher starts', '3 to 4 of 4', 'contradicted'],
    ['gain end to end', '80 %', 'contradicted'],
    [expect.stringContaining('more than 1,000 ms'), 'a particular one', 'not known'],
  ]);
});

it('nothing measured is said, and draws', () => {
  const nothing = summarise([], parameters);
  expect(verdict(nothing).headline).toMatch(/^No verdict/);
  expect(files(nothing, [])).toEqual([]);
  expect(tables(nothing)).toEqual([]);
  expect(() => charts(nothing, [])).not.toThrow();
});
