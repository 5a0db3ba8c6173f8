import { existsSync } from 'node:fs';
import { terminalCharts } from '@skyground/charts';
import { type ImageRecord, readMetricsFile, writeAtomically } from '@skyground/metrics';
import { compare } from '../comparison/comparison.ts';
import { StageError } from '../errors.ts';
import { writeIndexPage } from '../index-page.ts';
import { defaultResultsFolder, runFiles } from '../paths.ts';
import type { Stage } from '../stage.ts';

/** Both CSVs to figures, findings, charts and one verdict. Reads files alone: it can be run again at any time. */
export const compareStage: Stage = {
  id: 'compare',
  async run(context) {
    const { options, signal } = context;
    const state = context.state();
    const files = runFiles(options.metricsDir);
    const [onPrem, cloud] = await Promise.all([readRows(files.localMetrics), readRows(files.cloudMetrics)]);
    refuseOtherRuns([...onPrem, ...cloud], state.runId);
    const comparison = compare({
      runId: state.runId,
      targetLabel: state.targetLabel,
      seed: options.seed,
      onPrem,
      cloud,
      expected: { images: state.images.map(({ name }) => name), repetitions: options.repetitions },
      interruptedSides: state.interruptedSides,
      differentOutputs: state.differentOutputs,
    });
    await writeAtomically(files.comparison, `${JSON.stringify(comparison, null, 2)}\n`);
    const input = {
      records: [...onPrem, ...cloud],
      targetLabel: state.targetLabel,
      runId: state.runId,
      seed: options.seed,
    };
    const report = await writeIndexPage({
      metricsDir: options.metricsDir,
      resultsFolder: defaultResultsFolder,
      signal,
    });
    const terminalChart = terminalCharts(input, { width: context.width - 2 });
    context.emit({ type: 'compared', comparison, terminalChart, report });
    return files.charts;
  },
};

async function readRows(path: string): Promise<readonly ImageRecord[]> {
  if (!existsSync(path)) {
    throw new StageError(
      `expected metrics of both sides but ${path} is missing.`,
      'Run the whole comparison: `npm run master`.',
    );
  }
  return (await readMetricsFile(path)).records;
}

/** Rows of two runs in one file would be a comparison of nothing. */
function refuseOtherRuns(records: readonly ImageRecord[], runId: string): void {
  const other = records.find((record) => record.runId !== runId);
  if (other !== undefined) {
    throw new StageError(
      `expected rows of run ${runId} only but found one of ${other.runId} (${other.source}, ${other.image}).`,
      'Start with `npm run master -- clean`.',
    );
  }
}
