import { figure, ms, percent, withInterval } from '../output/format.ts';
import type { GroupSummary } from './group-summary.ts';
import type { ModeFigures } from './mode-figures.ts';

/** One figure of the origin's guide beside what was measured of it. */
export interface GuideFigure {
  readonly what: string;
  readonly expected: string;
  readonly measured: string;
  readonly verdict: 'confirmed' | 'contradicted' | 'not known';
  readonly why: string;
}

/** The guide's own figures are round ones. */
const tolerance = 0.15;
const expected = { classicMs: 1600, futureMs: 300, gainPercent: 80 } as const;

/** Scaled, the branches may take longer by themselves than they are padded to: their times then say nothing of the guide's. */
export function guideFigures(groups: readonly GroupSummary[], timeScale: number): readonly GuideFigure[] {
  const group = groups.find(({ scenario, start }) => scenario === 'guide' && start === 'warm');
  if (group === undefined) return [];
  const of = (mode: ModeFigures['mode']) => group.modes.find((one) => one.mode === mode);
  const [classic, future] = [of('CLASSIC'), of('FUTURE_BASED')];
  const gain = group.comparisons.find(({ base }) => base === 'CLASSIC')?.gain;
  return [
    ...(classic === undefined ? [] : classicFigures(classic, timeScale)),
    ...(future === undefined ? [] : futureFigures(future, timeScale)),
    ...(gain === undefined
      ? []
      : [
          {
            what: 'gain end to end',
            expected: `${expected.gainPercent} %`,
            measured: `${withInterval(gain.gainPercent)} %, bound ${percent(gain.boundPercent)}`,
            verdict: judged(gain.gainPercent.estimate, expected.gainPercent),
            why: 'A gain can be no larger than what the Publisher does before it needs the last input: starting it and its own work.',
          },
        ]),
    sigmaFigure(groups, timeScale),
  ];
}

function classicFigures(classic: ModeFigures, timeScale: number): readonly GuideFigure[] {
  const wanted = expected.classicMs * timeScale;
  return [
    {
      what: 'CLASSIC end to end',
      expected: ms(wanted),
      measured: `${withInterval(classic.endToEndMs)} ms`,
      verdict: judgedUnscaled(classic.endToEndMs.estimate, wanted, timeScale),
      why: 'The slowest branch, padded to 1,400 ms unless it takes longer, with loading, hand-overs and publishing around it.',
    },
    {
      what: 'CLASSIC, inputs there when the Publisher starts',
      expected: '0 of 4',
      measured: `${inputs(classic)} of 4`,
      verdict: judged(classic.preResolved, 0),
      why: 'In CLASSIC the last branch starts the Publisher: all four inputs are there by definition.',
    },
  ];
}

function futureFigures(future: ModeFigures, timeScale: number): readonly GuideFigure[] {
  const wanted = expected.futureMs * timeScale;
  const { preResolved } = future;
  return [
    {
      what: 'FUTURE_BASED end to end',
      expected: ms(wanted),
      measured: `${withInterval(future.endToEndMs)} ms; first publish ${withInterval(future.firstPublishMs)} ms`,
      verdict: judgedUnscaled(future.endToEndMs.estimate, wanted, timeScale),
      why: 'The complete result needs the slowest branch, whoever starts the Publisher. What can be early is a first, incomplete one.',
    },
    {
      what: 'FUTURE_BASED, inputs there when the Publisher starts',
      expected: '3 to 4 of 4',
      measured: `${inputs(future)} of 4`,
      verdict: preResolved === null ? 'not known' : preResolved >= 3 ? 'confirmed' : 'contradicted',
      why: 'The first branch starts the Publisher: only branches that end while it is being started are there, too.',
    },
  ];
}

/** "Particularly beneficial" where branch durations spread by more than a second. */
function sigmaFigure(groups: readonly GroupSummary[], timeScale: number): GuideFigure {
  const warm = groups.flatMap((group) => {
    const gain = group.comparisons.find(({ base }) => base === 'CLASSIC')?.gain;
    const sigmaMs = group.modes.find(({ mode }) => mode === 'CLASSIC')?.sigmaMs;
    if (group.start === 'cold' || gain === undefined || sigmaMs === null || sigmaMs === undefined) return [];
    return [{ gain, isWide: sigmaMs > 1000 * timeScale }];
  });
  const wide = warm.filter(({ isWide }) => isWide);
  const faster = wide.filter(
    ({ gain: { gainPercent } }) => gainPercent.kind === 'interval' && gainPercent.low > 0,
  );
  return {
    what: `gain where branch times spread by more than ${figure(1000 * timeScale)} ms (standard deviation)`,
    expected: 'a particular one',
    measured:
      wide.length === 0
        ? 'no such scenario'
        : `${faster.length} of ${wide.length} such scenarios gain with certainty, of the other ${warm.length - wide.length} ${warm.filter(({ gain: { gainPercent }, isWide }) => !isWide && gainPercent.kind === 'interval' && gainPercent.low > 0).length}`,
    verdict: wide.length === 0 ? 'not known' : faster.length === wide.length ? 'confirmed' : 'contradicted',
    why: 'The bound does not grow with the spread once that exceeds the hand-over and the work of the Publisher.',
  };
}

function judged(measured: number | null, wanted: number): GuideFigure['verdict'] {
  if (measured === null) return 'not known';
  return Math.abs(measured - wanted) <= tolerance * wanted ? 'confirmed' : 'contradicted';
}

function judgedUnscaled(measured: number | null, wanted: number, timeScale: number): GuideFigure['verdict'] {
  return timeScale === 1 ? judged(measured, wanted) : 'not known';
}

function inputs({ preResolved }: ModeFigures): string {
  return preResolved === null ? 'not known' : figure(preResolved);
}
