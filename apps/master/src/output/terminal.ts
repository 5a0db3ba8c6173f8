/** How a person asked to be told. */
export interface OutputFlags {
  readonly json?: boolean;
  /** False with --no-tui. */
  readonly tui?: boolean;
  readonly screenReader?: boolean;
}

export type OutputKind = 'json' | 'plain' | 'plain for a screen reader' | 'terminal UI';

/** JSON where asked for; the terminal UI where there is a terminal to draw on and nobody said no; plain lines elsewhere. */
export function outputKindOf(flags: OutputFlags): OutputKind {
  if (flags.json === true) return 'json';
  if (isForScreenReader(flags)) return 'plain for a screen reader';
  return flags.tui !== false && canShowTerminalUi() ? 'terminal UI' : 'plain';
}

export function isForScreenReader({ screenReader }: OutputFlags): boolean {
  return screenReader === true || process.env['INK_SCREEN_READER'] === 'true';
}

/** Ink's colours ignore NO_COLOR but honour another variable, which has to be set before Ink is loaded. */
export function silenceInkColours(): void {
  if ((process.env['NO_COLOR'] ?? '') !== '') process.env['FORCE_COLOR'] = '0';
}

function canShowTerminalUi(): boolean {
  return (
    process.stdout.isTTY === true &&
    process.stdin.isTTY === true &&
    process.env['TERM'] !== 'dumb' &&
    (process.env['CI'] ?? '') === ''
  );
}
