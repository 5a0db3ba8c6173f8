import { styleText } from 'node:util';
import { type Line, lineText, type SegmentRole } from '@skyground/charts';

/** How the result is coloured: not at all where it goes into a file, a pipe, or a terminal whose owner set NO_COLOR. */
export interface Paint {
  readonly headline: (text: string) => string;
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly chart: (line: Line) => string;
}

export const noPaint: Paint = {
  headline: (text) => text,
  error: (text) => text,
  warning: (text) => text,
  chart: lineText,
};

type Style = Parameters<typeof styleText>[0];

const chartStyles: Readonly<Record<SegmentRole, Style>> = {
  onPrem: 'cyan',
  cloud: 'yellow',
  axis: 'dim',
  label: 'reset',
  value: 'reset',
  space: 'reset',
};

export function paintFor(stream: NodeJS.WriteStream): Paint {
  // Node knows NO_COLOR, FORCE_COLOR, TERM=dumb and what is no terminal.
  if (!stream.isTTY || !stream.hasColors()) return noPaint;
  const styled = (style: Style) => (text: string) => styleText(style, text, { validateStream: false });
  return {
    headline: styled('bold'),
    error: styled('red'),
    warning: styled('yellow'),
    chart: (line) =>
      line
        .map(({ text, role }) => (chartStyles[role] === 'reset' ? text : styled(chartStyles[role])(text)))
        .join(''),
  };
}
