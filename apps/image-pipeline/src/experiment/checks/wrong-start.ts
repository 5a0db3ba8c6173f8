import { type Finding, named } from '@skyground/experiment';
import { functionNames } from '../function-runs.ts';
import { isCompared, type Sample } from '../sample.ts';

/** One arm that is left cold, or warm, in one function wins or loses by that alone. */
export function wrongStart(samples: readonly Sample[]): readonly Finding[] {
  const wrong = samples.filter(isCompared).filter(isWrong);
  return [...Map.groupBy(wrong, ({ mode }) => mode)].map(([mode, own]) => ({
    checkId: 'wrong-start',
    severity: 'error',
    arms: [mode],
    seen: `${own.length} runs of ${mode} did not start as they were meant to, by the REPORT lines: ${named(own.map(saidOf))}.`,
    remedy: `A cold run needs an Init Duration of all ${functionNames.length} functions, a warm one none; force or warm every function of every arm alike, and measure again.`,
  }));
}

function isWrong({ intendedStart, coldFunctions }: Sample): boolean {
  return coldFunctions !== (intendedStart === 'cold' ? functionNames.length : 0);
}

function saidOf({ unit, intendedStart, coldFunctions }: Sample): string {
  const seen = coldFunctions === null ? 'not known' : `${coldFunctions} functions cold`;
  return `${unit} (meant ${intendedStart}, ${seen})`;
}
