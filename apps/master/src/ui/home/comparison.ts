import { join } from 'node:path';
import { terminalCharts } from '@skyground/charts';
import { readComparison } from '../../comparison/read-comparison.ts';
import { UsageError } from '../../errors.ts';
import { shortPath } from '../../lab/output/result-lines.ts';
import { runFiles } from '../../paths.ts';
import { readRunState } from '../../run-state.ts';
import { type Block, chart, emptyLine, text } from './block.ts';
import type { NewestRun } from './entry.ts';

/** The main comparison's run as its folder tells it: one that was stopped, or is damaged, too. */
export async function newestComparison(metricsDir: string): Promise<NewestRun> {
  try {
    const run = await readRun(metricsDir);
    if (run === undefined) return { kind: 'none' };
    const { state, comparison } = run;
    const verdict = comparison.kind === 'comparison' ? comparison.verdict : undefined;
    return {
      kind: 'run',
      startedAt: state.createdAt,
      status: state.outcome,
      isValid: verdict?.findings.every(({ level }) => level !== 'error'),
      headline: verdict?.headline,
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { kind: 'unreadable', reason: error.message };
  }
}

/** Verdict, findings and charts, as far as the folder holds them. */
export async function comparisonBlocks(metricsDir: string): Promise<readonly Block[]> {
  try {
    const run = await readRun(metricsDir);
    if (run === undefined) {
      return [
        text('Which side processes the same images faster: this machine, or the cloud?'),
        text('No comparison yet. Enter shows what it would do.', 'faint'),
      ];
    }
    const { state, comparison } = run;
    if (comparison.kind === 'none') {
      const isOver = state.outcome === 'finished';
      const next = isOver
        ? `${comparison.reason} \`npm run master -- compare\` compares again.`
        : `The last run is ${state.outcome}: \`npm run master -- --resume\` goes on with it.`;
      return [text(next, 'warn')];
    }
    const { verdict, input } = comparison;
    return [
      text(verdict.headline, 'heading'),
      emptyLine,
      chart((width) => terminalCharts(input, { width })),
      emptyLine,
      ...verdict.findings.map(({ level, text: message }) =>
        text(`${level}: ${message}`, level === 'error' ? 'bad' : 'warn'),
      ),
      text(`Charts and report: ${shortPath(join(runFiles(metricsDir).charts, 'index.html'))}`, 'faint'),
    ];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [text(error.message, 'bad')];
  }
}

/** undefined where there never was one. Throws UsageError for a state that cannot be read. */
async function readRun(metricsDir: string) {
  const state = await readRunState(runFiles(metricsDir).runState);
  if (state === undefined) return undefined;
  const comparison = await readComparison(metricsDir);
  const isOfThisRun = comparison.kind === 'none' || comparison.input.runId === state.runId;
  const older = { kind: 'none', reason: 'The run that is there was not compared.' } as const;
  return { state, comparison: isOfThisRun ? comparison : older };
}
