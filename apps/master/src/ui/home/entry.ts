import type { AnyExperiment, ListedRun, RunStatus } from '@skyground/experiment';
import type { TextStyle } from './block.ts';

/** One line of the home screen: something that can be run. */
export type HomeEntry =
  | {
      readonly kind: 'comparison';
      readonly id: string;
      readonly title: string;
      /** Its one run: every new one takes its place. */
      readonly folder: string;
      readonly newest: NewestRun;
    }
  | {
      readonly kind: 'experiment';
      readonly id: string;
      readonly title: string;
      readonly experiment: AnyExperiment;
      /** Newest first, those that cannot be read among them. */
      readonly runs: readonly ListedRun[];
      readonly newest: NewestRun;
    }
  /** Its sources cannot be loaded. */
  | { readonly kind: 'broken'; readonly id: string; readonly title: string; readonly reason: string };

export type NewestRun =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | {
      readonly kind: 'run';
      /** UTC, ISO 8601. */
      readonly startedAt: string;
      readonly status: RunStatus;
      /** undefined until it was compared. */
      readonly isValid: boolean | undefined;
      readonly headline: string | undefined;
    };

export function newestOf(run: ListedRun | undefined): NewestRun {
  if (run === undefined) return { kind: 'none' };
  if (run.kind === 'unreadable') return { kind: 'unreadable', reason: run.reason };
  const { startedAt, status, isValid, verdict } = run;
  return { kind: 'run', startedAt, status, isValid, headline: verdict?.headline };
}

/** `2026-11-21 06:30 UTC`. */
export function whenText(startedAt: string): string {
  return `${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
}

/** What became of a run, in a word that needs no colour. */
export function stateOf(newest: NewestRun): { readonly word: string; readonly style: TextStyle } {
  switch (newest.kind) {
    case 'none':
      return { word: 'no run yet', style: 'faint' };
    case 'unreadable':
      return { word: 'unreadable', style: 'bad' };
    case 'run':
      if (newest.isValid === undefined) return { word: newest.status, style: 'warn' };
      return newest.isValid ? { word: 'valid', style: 'good' } : { word: 'NOT VALID', style: 'bad' };
  }
}
