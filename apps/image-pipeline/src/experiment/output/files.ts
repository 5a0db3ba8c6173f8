import type { RunFile } from '@skyground/experiment';
import { functionRunsOf } from '../function-runs.ts';
import { inputWaitsOf } from '../input-waits.ts';
import type { Sample } from '../sample.ts';
import type { Summary } from '../summary/summary.ts';
import { comparisonReport } from './comparison-report.ts';

/** Under the names that the origin's tools give them: runs and summary of each mode, and one comparison. */
export function files(summary: Summary, samples: readonly Sample[]): readonly RunFile[] {
  if (samples.length === 0) return [];
  const timestamp = timestampOf(summary.startedAtMs);
  return [
    ...summary.modes.flatMap((mode) => {
      const own = samples.filter((sample) => sample.mode === mode && sample.phase !== 'warm-up');
      const name = `benchmark_image-pipeline_${mode}_${timestamp}`;
      return [
        { path: `${name}_runs.json`, title: `every run of ${mode}`, content: json(own.map(runOf)) },
        {
          path: `${name}_summary.json`,
          title: `figures of ${mode}`,
          content: json(summaryOf(summary, mode)),
        },
      ];
    }),
    {
      path: `COMPARISON_REPORT_${timestamp}.md`,
      title: 'the modes compared, as text',
      content: comparisonReport(summary),
    },
  ];
}

/** A row with its cells of JSON as what they spell. */
function runOf(sample: Sample): object {
  return { ...sample, functions: functionRunsOf(sample), inputs: inputWaitsOf(sample) };
}

function summaryOf(summary: Summary, mode: Sample['mode']): object {
  const { targetLabel, timeScale, imageSize, passing, groups, costs, invokers } = summary;
  return {
    workflow: 'image-pipeline',
    ...{ mode, targetLabel, timeScale, imageSize, passing },
    scenarios: groups.flatMap(({ scenario, start, modes }) =>
      modes.filter((one) => one.mode === mode).map((figures) => ({ scenario, start, ...figures })),
    ),
    invoker: invokers.find((one) => one.mode === mode) ?? null,
    cost: costs.find((one) => one.mode === mode) ?? null,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** `20261121_172233`, UTC. */
function timestampOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
}
