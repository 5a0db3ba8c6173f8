import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { terminalCharts } from '@skyground/charts';
import { MetricsError, readMetricsFile } from '@skyground/metrics';
import { z } from 'zod';
import { UsageError } from '../../errors.ts';
import { runFiles } from '../../paths.ts';
import { type RunState, readRunState } from '../../run-state.ts';
import { type Block, chart, emptyLine, text } from './block.ts';
import type { NewestRun } from './entry.ts';

/** Of comparison.json, what is shown here; the rest may grow. */
const comparisonSchema = z.looseObject({
  schemaVersion: z.literal(1),
  runId: z.string(),
  valid: z.boolean(),
  headline: z.string(),
  findings: z.array(z.looseObject({ level: z.enum(['info', 'warning', 'error']), message: z.string() })),
});

const findingStyles = { info: 'text', warning: 'warn', error: 'bad' } as const;

type ShownComparison = z.output<typeof comparisonSchema>;

/** The main comparison's run as its folder tells it: one that was stopped, or is damaged, too. */
export async function newestComparison(metricsDir: string): Promise<NewestRun> {
  try {
    const state = await readRunState(runFiles(metricsDir).runState);
    if (state === undefined) return { kind: 'none' };
    const comparison = await readComparison(metricsDir, state);
    return {
      kind: 'run',
      startedAt: state.createdAt,
      status: state.outcome,
      isValid: comparison?.valid,
      headline: comparison?.headline,
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { kind: 'unreadable', reason: error.message };
  }
}

/** Verdict, findings and charts, as far as the folder holds them. */
export async function comparisonBlocks(metricsDir: string): Promise<readonly Block[]> {
  const files = runFiles(metricsDir);
  try {
    const state = await readRunState(files.runState);
    if (state === undefined) return [text('No comparison yet. Enter shows what it would do.', 'faint')];
    const comparison = await readComparison(metricsDir, state);
    if (comparison === undefined) {
      return [
        text(`The last run is ${state.outcome}: \`npm run master -- --resume\` goes on with it.`, 'warn'),
      ];
    }
    const paths = [files.localMetrics, files.cloudMetrics].filter((path) => existsSync(path));
    const records = (await Promise.all(paths.map(readMetricsFile))).flatMap((file) => file.records);
    const { runId, targetLabel, options } = state;
    const input = { records, targetLabel, runId, seed: options.seed };
    return [
      text(comparison.headline, 'heading'),
      emptyLine,
      chart((width) => terminalCharts(input, { width })),
      emptyLine,
      ...comparison.findings.map(({ level, message }) => text(`${level}: ${message}`, findingStyles[level])),
      text(`Charts and report: ${join(files.charts, 'index.html')}`, 'faint'),
    ];
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof MetricsError)) throw error;
    return [text(error.message, 'bad')];
  }
}

/** undefined where the run that the folder holds was not compared. */
async function readComparison(metricsDir: string, { runId }: RunState): Promise<ShownComparison | undefined> {
  const path = runFiles(metricsDir).comparison;
  if (!existsSync(path)) return undefined;
  try {
    const comparison = comparisonSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return comparison.runId === runId ? comparison : undefined;
  } catch (cause) {
    throw new UsageError(`${path} is damaged. \`npm run master -- compare\` writes it again.`, { cause });
  }
}
