import { makeConfirm } from '../confirm.ts';
import { UsageError } from '../errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { parseRunFlags, type RunRequest } from '../options.ts';
import { jsonOutput } from '../output/json.ts';
import { paintFor } from '../output/paint.ts';
import { plainOutput } from '../output/plain.ts';
import { outputKindOf, silenceInkColours } from '../output/terminal.ts';
import { runMaster } from '../pipeline.ts';
import { stopOnSignals } from '../stop.ts';

/** The `run` command and its single-stage siblings. Chooses the reader of the events; the run itself is the same for all. */
export async function runCommand(flags: Record<string, unknown>): Promise<ExitCode> {
  const { json, tui, screenReader, dryRun, ...runFlags } = flags;
  let request: RunRequest;
  try {
    request = parseRunFlags(runFlags);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return exitCodes.usage;
  }
  if (dryRun === true) {
    const { printPlan } = await import('./dry-run.ts');
    return printPlan(request.options, { json: json === true });
  }

  const stop = stopOnSignals();
  const kind = outputKindOf({ json: json === true, tui: tui !== false, screenReader: screenReader === true });
  try {
    if (kind === 'terminal UI') {
      silenceInkColours();
      const { runInTerminalUi } = await import('../ui/index.tsx');
      return await runInTerminalUi(request, stop);
    }
    const write = (text: string) => void process.stdout.write(text);
    const emit =
      kind === 'json'
        ? jsonOutput(write, () => new Date())
        : plainOutput(write, { paint: paintFor(process.stdout), drawings: kind === 'plain' });
    const confirm = makeConfirm({
      yes: request.yes,
      interactive: process.stdin.isTTY === true && kind !== 'json',
      signal: stop.signal,
    });
    return (await runMaster(request, { emit, signal: stop.signal, confirm })).exitCode;
  } finally {
    stop.dispose();
  }
}
