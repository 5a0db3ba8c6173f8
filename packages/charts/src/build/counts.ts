import { formatCount } from '../format.ts';

interface ArmCounts {
  readonly label: string;
  readonly warm: number;
  readonly cold: number;
  readonly failed: number;
}

const WIDEST_LINE = 96;

const describe = ({ label, warm, cold, failed }: ArmCounts, drawsFailed: boolean): string =>
  [
    `${label}: n = ${formatCount(warm)}${cold > 0 ? ` warm + ${formatCount(cold)} cold` : ''}`,
    ...(failed > 0 ? [`${formatCount(failed)} failed${drawsFailed ? '' : ', not drawn'}`] : []),
  ].join(' + ');

/** Parts in as few lines as fit the width of a picture. */
const inLines = (parts: readonly string[]): readonly string[] => {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1)} | ${part}`;
    if (lines.length > 0 && longer.length <= WIDEST_LINE) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
};

/** Who was measured, how often, and what was left out of the summary. */
export const countsOf = (arms: readonly ArmCounts[], { drawsFailed = false } = {}): readonly string[] =>
  inLines(arms.map((arm) => describe(arm, drawsFailed)));
