import type { GroupSummary } from '../summary/group-summary.ts';
import type { Summary } from '../summary/summary.ts';

/** Below the title of every chart: on what, and how far from what a person would deploy. */
export function aboutLines({ targetLabel, imageSize, timeScale, groups }: Summary): readonly string[] {
  const isScaled = timeScale !== 1 && groups.some(({ scenario }) => scenario !== 'uniform');
  return [`${targetLabel}, image ${imageSize}${isScaled ? `, delays times ${timeScale}` : ''}`];
}

/** The scenario that a chart of one scenario shows: the natural one where it was measured. */
export function shownGroup(
  { groups }: Pick<Summary, 'groups'>,
  start: GroupSummary['start'] = 'warm',
): GroupSummary | undefined {
  const own = groups.filter((group) => group.start === start);
  return own.find(({ scenario }) => scenario === 'uniform') ?? own[0];
}
