import { basename } from 'node:path';
import type { ArmChange, RunComparison, ShownRun } from '@skyground/experiment';
import { printable } from '../../output/format.ts';
import { noPaint, type Paint } from '../../output/paint.ts';
import { textTable } from '../../output/table.ts';

/** Whether a run is finished, and its own comparison valid. */
export function isUsable({ isValid, status }: ShownRun): boolean {
  return isValid === true && status === 'finished';
}

/** Two runs side by side: what makes one of them unusable first, then figures by arm, then what else differs. */
export function comparisonLines(
  { arms, conditions, onlyInFirst, onlyInSecond, experimentId }: RunComparison,
  [first, second]: readonly [ShownRun, ShownRun],
  paint: Paint = noPaint,
): string[] {
  const only = (names: readonly string[], which: string) =>
    names.map((name) => `Only in the ${which} run: ${printable(name)}`);
  return [
    printable(`${experimentId}: first ${basename(first.folder)}, second ${basename(second.folder)}`),
    ...[...defects('first', first), ...defects('second', second)].map((line) => paint.error(printable(line))),
    '',
    ...textTable([
      ['arm', 'n', 'second / first', '95 % interval', 'p', ''],
      ...arms.map((change) => [printable(change.arm), ...figuresOf(change)]),
    ]),
    '',
    'Ratio of the medians of the compared durations with a bootstrap interval; p: Mann-Whitney, two-sided.',
    ...only(onlyInFirst, 'first'),
    ...only(onlyInSecond, 'second'),
    ...(conditions.length === 0
      ? ['No known condition differs.']
      : [
          'Conditions that differ',
          ...conditions.map(({ name, first: a, second: b }) =>
            printable(`  ${name}: ${a ?? 'none'} -> ${b ?? 'none'}`),
          ),
        ]),
  ];
}

function defects(which: string, { isValid, status, findings }: ShownRun): string[] {
  if (status !== 'finished' || isValid === undefined) {
    return [`NOT VALID: the ${which} run is not finished (${status}); what it measured so far is compared.`];
  }
  if (isValid) return [];
  const reasons = findings.filter(({ severity }) => severity === 'error').map(({ checkId }) => checkId);
  return [`NOT VALID: the ${which} run has errors (${reasons.join(', ')}). Do not rely on these figures.`];
}

function figuresOf({ ratio, test }: ArmChange): string[] {
  const n = ratio.n.join(' and ');
  const p = test.kind === 'test' ? formatP(test.pValue) : 'too few';
  switch (ratio.kind) {
    case 'ratio': {
      const word = ratio.low > 1 ? 'longer' : ratio.high < 1 ? 'shorter' : 'no difference shown';
      return [
        n,
        `${ratio.ratio.toFixed(2)}x`,
        `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`,
        p,
        word,
      ];
    }
    case 'too few': {
      const value = ratio.ratio === null ? '-' : `${ratio.ratio.toFixed(2)}x`;
      return [n, value, `too few, needs ${ratio.needed}`, p, ''];
    }
    case 'not positive':
      return [n, '-', 'durations of 0 or less', p, ''];
  }
}

function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
