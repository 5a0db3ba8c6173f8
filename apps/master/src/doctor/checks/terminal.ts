import { askBlockWidth } from '../ask-block-width.ts';
import { defineCheck, type Judgement } from '../check.ts';

interface TerminalSeen {
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly colours: number;
  /** That the terminal gives one block of a bar; undefined where it does not say. */
  readonly blockColumns: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The terminal UI draws 80 by 24 whole; below, lines are cut. */
const wholeColumns = 80;
const wholeRows = 24;

export const terminalCheck = defineCheck({
  id: 'terminal',
  title: 'Terminal',
  probe: async ({ environment }, signal): Promise<TerminalSeen> => {
    const { stdout, stdin } = process;
    const isTerminal = stdout.isTTY === true && stdin.isTTY === true;
    const isAsked = isTerminal && plainReason(isTerminal, environment) === undefined;
    return {
      isTerminal,
      columns: stdout.columns ?? 0,
      rows: stdout.rows ?? 0,
      colours: stdout.isTTY === true && stdout.hasColors() ? 2 ** stdout.getColorDepth() : 0,
      blockColumns: isAsked ? await askBlockWidth({ input: stdin, output: stdout }, signal) : undefined,
      environment,
    };
  },
  judge: judgeTerminal,
});

export function judgeTerminal(terminal: TerminalSeen): Judgement {
  const { isTerminal, columns, rows, colours, blockColumns, environment } = terminal;
  const plain = plainReason(isTerminal, environment);
  if (plain !== undefined) return { status: 'ok', seen: `${plain}: plain lines are printed, no terminal UI` };
  const noColour = environment['NO_COLOR'] ? ' (NO_COLOR is set)' : '';
  const colour = colours === 0 ? `no colours${noColour}` : `${colours.toLocaleString('en')} colours`;
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  const seen = `${columns} x ${rows}, ${colour}, locale ${locale || 'not set'}`;
  if (blockColumns !== undefined && blockColumns !== 1) {
    const advice =
      'Let the terminal show ambiguous characters as narrow, in UTF-8; or use --no-tui for plain lines.';
    return { status: 'warning', seen: `${seen}; a block takes ${blockColumns} columns, not 1`, advice };
  }
  if (blockColumns === undefined && !/utf-?8/i.test(locale)) {
    const advice =
      'If boxes and bars come out as question marks: export LC_ALL=C.UTF-8, or use --no-tui for plain lines.';
    return { status: 'warning', seen: `${seen}, which does not promise UTF-8`, advice };
  }
  if (columns < wholeColumns || rows < wholeRows) {
    const advice = 'Make the window larger, or use --no-tui for plain lines.';
    return { status: 'warning', seen: `${seen}: less than ${wholeColumns} x ${wholeRows}`, advice };
  }
  return { status: 'ok', seen: blockColumns === undefined ? seen : `${seen}, blocks are one column wide` };
}

function plainReason(isTerminal: boolean, environment: TerminalSeen['environment']): string | undefined {
  if (!isTerminal) return 'not a terminal';
  if (environment['TERM'] === 'dumb') return 'TERM=dumb';
  return environment['CI'] ? 'CI is set' : undefined;
}
