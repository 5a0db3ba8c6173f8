import { type Key, useInput } from 'ink';
import type { LogAction } from './log.ts';

/** What a key means while a run is watched. */
export type PressAction = LogAction | { readonly type: 'toggleHelp' | 'toggleFailures' | 'closeOverlay' };

export interface KeyTarget {
  readonly dispatch: (action: PressAction) => void;
  /** First call stops cleanly, second one leaves at once. */
  readonly requestStop: () => void;
  readonly question: string | undefined;
  readonly answer: (agreed: boolean) => void;
  readonly pageLines: number;
}

function actionOf(input: string, key: Key, pageLines: number): PressAction | undefined {
  if (input === '?' || input === 'h') return { type: 'toggleHelp' };
  if (key.escape) return { type: 'closeOverlay' };
  if (input === 'f') return { type: 'toggleFailures' };
  if (input === 'l') return { type: 'toggleOnlyProblems' };
  if (input === 'p' || input === ' ') return { type: 'togglePause' };
  if (key.upArrow || input === 'k') return { type: 'move', lines: 1, pageLines };
  if (key.downArrow || input === 'j') return { type: 'move', lines: -1, pageLines };
  if (key.pageUp) return { type: 'move', lines: pageLines, pageLines };
  if (key.pageDown) return { type: 'move', lines: -pageLines, pageLines };
  return undefined;
}

function press(input: string, key: Key, target: KeyTarget): void {
  if ((key.ctrl && input === 'c') || (input === 'q' && target.question === undefined)) {
    target.requestStop();
    return;
  }
  if (target.question !== undefined) {
    if (input === 'y' || input === 'Y') target.answer(true);
    if (input === 'n' || input === 'N' || key.escape || key.return) target.answer(false);
    return;
  }
  const action = actionOf(input, key, target.pageLines);
  if (action !== undefined) target.dispatch(action);
}

/** Keys to actions. The table that help shows stands beside it, so that the two are changed together. */
export function useKeys(target: KeyTarget): void {
  useInput((input, key) => {
    // Keys pressed in quick succession, or over a slow line, arrive as one text. A special key comes alone and has none.
    for (const each of input === '' ? [''] : input) press(each, key, target);
  });
}

export type KeyHelp = readonly (readonly [keys: string, meaning: string])[];

export const keyHelp: KeyHelp = [
  ['q, Ctrl-C', 'stop cleanly; again: leave at once'],
  ['?', 'this help; Esc closes it'],
  ['p, space, l', 'pause the log or follow it again; l: problems only'],
  ['k/j, arrows, PgUp/PgDn', 'scroll the log'],
];

export const mainKeyHelp: KeyHelp = [...keyHelp, ['f', 'details of failed images; scroll to choose one']];
