import { RunFolderError } from '@skyground/experiment';
import { messageOf } from '../../errors.ts';
import type { RunOptions } from '../../options.ts';
import { type Block, text } from './block.ts';
import { comparisonBlocks } from './comparison.ts';
import { planBlocks } from './plan-blocks.ts';
import { runBlocks } from './run-blocks.ts';
import { entryOf, type HomeState } from './state.ts';

/** What the page of a state says, for the pages that are loaded when they are opened. */
export async function pageBlocks(state: HomeState, comparison: RunOptions): Promise<readonly Block[]> {
  const { page, entries = [] } = state;
  if (page.kind === 'plan') {
    return planBlocks(
      entries.filter(({ id }) => page.ids.includes(id)),
      comparison,
    );
  }
  if (page.kind !== 'run') return [];
  const entry = entryOf(state, page.id);
  return entry?.kind === 'experiment'
    ? runBlocks(entry.experiment, page.folder)
    : comparisonBlocks(page.folder);
}

/** A page that cannot be loaded says why, and the others stay usable. */
export function failureBlocks(error: unknown): readonly Block[] {
  return [text(error instanceof RunFolderError ? error.message : `Unexpected: ${messageOf(error)}`, 'bad')];
}
