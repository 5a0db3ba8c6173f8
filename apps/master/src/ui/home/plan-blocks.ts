import { CloudUsageError } from '@skyground/cloud';
import { UsageError as ExperimentUsageError, previewRun } from '@skyground/experiment';
import { ImagingError } from '@skyground/imaging';
import { planLines as comparisonPlan } from '../../commands/dry-run.ts';
import { UsageError } from '../../errors.ts';
import { planLines } from '../../lab/commands/plan.ts';
import { requestOf } from '../../lab/run-request.ts';
import type { RunOptions } from '../../options.ts';
import { type Block, emptyLine, text } from './block.ts';
import type { HomeEntry } from './entry.ts';

/** What each of these would do, with its defaults, how long it would take, and what it would cost. Nothing is started or sent. */
export async function planBlocks(
  entries: readonly HomeEntry[],
  comparison: RunOptions,
): Promise<readonly Block[]> {
  const plans = await Promise.all(entries.map((entry) => planOf(entry, comparison)));
  return plans.flat();
}

async function planOf(entry: HomeEntry, comparison: RunOptions): Promise<readonly Block[]> {
  return [
    ...(await linesOf(entry, comparison)).map((line, index) => text(line, index === 0 ? 'heading' : 'text')),
    text(`Other values: ${commandOf(entry)}`, 'faint'),
    emptyLine,
  ];
}

function commandOf({ kind, id }: HomeEntry): string {
  return kind === 'comparison' ? 'npm run master -- run --help' : `npm run lab -- ${id} --help`;
}

async function linesOf(entry: HomeEntry, comparison: RunOptions): Promise<readonly string[]> {
  try {
    switch (entry.kind) {
      case 'comparison':
        return [entry.title, ...(await comparisonPlan(comparison))];
      case 'broken':
        return [entry.title, entry.reason];
      case 'experiment': {
        const { given, ...request } = requestOf(entry.experiment, {}, process.env);
        return planLines(entry.experiment, await previewRun(entry.experiment, given, request));
      }
    }
  } catch (error) {
    if (!isMistake(error)) throw error;
    return [entry.title, ...error.message.split('\n')];
  }
}

/** Of the person: settings or images that cannot be. */
export function isMistake(error: unknown): error is Error {
  return [CloudUsageError, ExperimentUsageError, ImagingError, UsageError].some(
    (kind) => error instanceof kind,
  );
}
