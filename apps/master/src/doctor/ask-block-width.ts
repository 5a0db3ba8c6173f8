/** A terminal as this question needs it; process.stdin and process.stdout are one. */
interface Terminal {
  readonly input: Pick<NodeJS.ReadStream, 'setRawMode' | 'on' | 'off' | 'pause' | 'resume'>;
  readonly output: { write(text: string): unknown };
}

/** Terminals answer at once; over a slow line it takes a round trip. */
const patienceMs = 500;

const ctrlC = '\x03';

/**
 * Columns that a terminal gives a block of the bars, which is 1 unless it shows letters of ambiguous width as wide: draws one and asks
 * where the cursor stands. undefined where the terminal does not answer. Leaves the line as it was found.
 */
export async function askBlockWidth(
  { input, output }: Terminal,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const giveUp = () => resolve(undefined);
  let received = '';
  const listen = (chunk: Buffer | string) => {
    received += String(chunk);
    const column = /\[\d+;(\d+)R/.exec(received)?.[1];
    if (column !== undefined) resolve(Number(column) - 1);
    // In raw mode the terminal does not make a signal of it.
    if (received.includes(ctrlC)) process.kill(process.pid, 'SIGINT');
  };
  const timer = setTimeout(giveUp, patienceMs);
  signal.addEventListener('abort', giveUp);
  input.setRawMode(true);
  input.on('data', listen);
  try {
    input.resume();
    output.write('\r█\x1b[6n');
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    input.off('data', listen);
    input.pause();
    input.setRawMode(false);
    output.write('\r\x1b[K');
  }
}
