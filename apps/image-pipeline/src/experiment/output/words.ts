import type { Mode } from '../modes.ts';
import type { Comparison } from '../summary/group-summary.ts';

export const modeTitles: Readonly<Record<Mode, string>> = {
  CLASSIC: 'CLASSIC',
  FUTURE_BASED: 'FUTURE_BASED',
  STEP_FUNCTIONS: 'Step Functions',
};

export const functionTitles = {
  imageLoader: 'ImageLoader',
  thumbnail: 'Thumbnail',
  transform: 'Transform',
  filters: 'Filters',
  contour: 'Contour',
  publisher: 'Publisher',
} as const;

/** What the interval of a gain says of who is faster. */
export function sideOf({
  gain: { gainPercent },
}: Comparison): 'faster' | 'slower' | 'no difference' | 'too few' {
  if (gainPercent.kind !== 'interval') return 'too few';
  if (gainPercent.low > 0) return 'faster';
  return gainPercent.high < 0 ? 'slower' : 'no difference';
}

export function isAgainstClassic({ base }: Comparison): boolean {
  return base === 'CLASSIC';
}
