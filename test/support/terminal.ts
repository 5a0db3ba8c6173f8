import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { childEnvironment, masterCli } from './master.ts';
import type { Workspace } from './workspace.ts';

const escapeCode = String.fromCharCode(27);
const cursorCode = new RegExp(`${escapeCode}\\[\\?25([lh])`, 'g');
const colorCode = new RegExp(`${escapeCode}\\[(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]`, 'g');

/** The CLI, or a script of a test, in a real pseudo-terminal, its bytes read by a real terminal's model. */
export interface TerminalRun {
  /** What a person sees now, one string a line. */
  screen(): string[];
  /** Resolves as soon as the screen satisfies the predicate; rejects if the program ends first. */
  shows(predicate: (lines: string[]) => boolean): Promise<string[]>;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Whether the program has left the alternate screen and shows the cursor, as a clean end must. */
  isClean(): boolean;
  /** How many colour codes the program has written so far. */
  colorCodes(): number;
  readonly exited: Promise<number>;
  /** Ends a program that a failed assertion left behind. */
  [Symbol.asyncDispose](): Promise<void>;
}

export function startInTerminal(
  workspace: Workspace,
  args: readonly string[],
  size: { readonly columns: number; readonly rows: number },
  environment: Record<string, string> = {},
  script = masterCli,
): TerminalRun {
  const terminal = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    allowProposedApi: true,
    scrollback: 1000,
  });
  const child = spawn(process.execPath, [script, ...args], {
    name: 'xterm-256color',
    cols: size.columns,
    rows: size.rows,
    env: childEnvironment(workspace, { TERM: 'xterm-256color', ...environment }),
  });
  const listeners = new Set<() => void>();
  let cursorHidden = false;
  let colorCodes = 0;
  child.onData((data) => {
    for (const match of data.matchAll(cursorCode)) cursorHidden = match[1] === 'l';
    colorCodes += [...data.matchAll(colorCode)].length;
    terminal.write(data, () => {
      for (const listener of listeners) listener();
    });
  });
  let running = true;
  const exited = new Promise<number>((resolve) => {
    // The terminal's model may still hold bytes when the program has ended: the empty write comes after them.
    child.onExit(({ exitCode }) => {
      running = false;
      terminal.write('', () => resolve(exitCode));
    });
  });
  const screen = () => {
    const buffer = terminal.buffer.active;
    return Array.from(
      { length: terminal.rows },
      (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true, 0, terminal.cols) ?? '',
    );
  };
  return {
    screen,
    exited,
    colorCodes: () => colorCodes,
    type: (keys) => child.write(keys),
    resize: (columns, rows) => {
      terminal.resize(columns, rows);
      child.resize(columns, rows);
    },
    [Symbol.asyncDispose]: async () => {
      if (running) child.kill('SIGTERM');
      await exited;
    },
    isClean: () => terminal.buffer.active.type === 'normal' && !cursorHidden,
    shows: async (predicate) => {
      const { promise, resolve } = Promise.withResolvers<string[]>();
      const look = () => {
        const lines = screen();
        if (predicate(lines)) resolve(lines);
      };
      listeners.add(look);
      look();
      try {
        const tooLate = exited.then((code): never => {
          throw new Error(
            `the program ended (exit code ${code}) before the screen showed that:\n${screen().join('\n')}`,
          );
        });
        return await Promise.race([promise, tooLate]);
      } finally {
        listeners.delete(look);
      }
    },
  };
}
