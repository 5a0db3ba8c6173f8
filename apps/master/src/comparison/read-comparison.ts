import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { MainComparison, Verdict } from '@skyground/charts';
import { readMetricsFile } from '@skyground/metrics';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { runFiles } from '../paths.ts';
import type { Comparison } from './comparison.ts';

const sideSchema = z.looseObject({ rows: z.number(), compared: z.number() });

/** Of comparison.json, what its charts and their page need. */
const comparisonSchema = z.looseObject({
  schemaVersion: z.literal(1),
  runId: z.string(),
  targetLabel: z.string(),
  seed: z.int(),
  headline: z.string(),
  onPrem: sideSchema,
  cloud: sideSchema,
  findings: z.array(z.looseObject({ level: z.enum(['error', 'warning', 'info']), message: z.string() })),
});

const none = (reason: string): MainComparison => ({ kind: 'none', reason });

/** The main comparison as its files tell it: comparison.json and the two CSVs it was made of. */
export async function readComparison(metricsDir: string): Promise<MainComparison> {
  const files = runFiles(metricsDir);
  if (!existsSync(files.comparison)) return none('It has not been run here.');
  try {
    const parsed = comparisonSchema.safeParse(JSON.parse(await readFile(files.comparison, 'utf8')));
    if (!parsed.success) return none(`${files.comparison} is not as this version writes it.`);
    const comparison = parsed.data;
    const sides = [await readMetricsFile(files.localMetrics), await readMetricsFile(files.cloudMetrics)];
    const records = sides.flatMap((side) => side.records);
    if (records.some(({ runId }) => runId !== comparison.runId)) {
      return none('A comparison was begun after the last one that was finished.');
    }
    const { targetLabel, runId, seed } = comparison;
    return {
      kind: 'comparison',
      input: { records, targetLabel, runId, seed },
      verdict: verdictOf(comparison),
    };
  } catch (error) {
    return none(`Its files cannot be read: ${messageOf(error)}`);
  }
}

type Told = Pick<Comparison, 'headline'> & z.output<typeof comparisonSchema>;

function verdictOf({ headline, findings, onPrem, cloud }: Told): Verdict {
  return {
    headline,
    details: [
      `Compared: ${onPrem.compared} of ${onPrem.rows} rows on-prem, ${cloud.compared} of ${cloud.rows} in the cloud (warm and successful ones).`,
      ...findings.filter(({ level }) => level === 'info').map(({ message }) => message),
    ],
    findings: findings.flatMap(({ level, message }) => (level === 'info' ? [] : [{ level, text: message }])),
  };
}
