import { type Block, emptyLine, text } from './block.ts';
import { comparisonBlocks } from './comparison.ts';
import type { HomeEntry } from './entry.ts';
import { newestRunBlocks } from './run-blocks.ts';

/** What is shown beside or below the list for the selected entry: its newest run. */
export async function newestBlocks(entry: HomeEntry): Promise<readonly Block[]> {
  switch (entry.kind) {
    case 'comparison':
      return comparisonBlocks(entry.folder);
    case 'broken':
      return [text(`${entry.id} cannot be loaded: ${entry.reason}`, 'bad')];
    case 'experiment': {
      const newest = entry.runs[0];
      const question = text(entry.experiment.question);
      if (newest === undefined) return [question, text('No run yet. Enter shows what it would do.', 'faint')];
      return [question, emptyLine, ...(await newestRunBlocks(entry.experiment, newest.folder))];
    }
  }
}
