import { basename } from 'node:path';
import type { ListedRun } from '@skyground/experiment';
import { newestOf, stateOf, whenText } from './entry.ts';
import { type ListRow, oneLine } from './list-rows.ts';

export function runRow(run: ListedRun): ListRow {
  const { word, style } = stateOf(newestOf(run));
  const name = basename(run.folder);
  if (run.kind === 'unreadable') {
    return { key: run.folder, name, state: word, style, when: '', headline: oneLine(run.reason) };
  }
  const headline = oneLine(run.verdict?.headline ?? `on ${run.targetLabel}`);
  return { key: run.folder, name, state: word, style, when: whenText(run.startedAt), headline };
}
