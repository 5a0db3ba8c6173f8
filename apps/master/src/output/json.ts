import type { Emit, TimedEvent } from '../events.ts';

/** `--json`: one event a line on standard output, nothing else there. */
export function jsonOutput(write: (text: string) => void, now: () => Date): Emit {
  return (event) => {
    const timed: TimedEvent = { at: now().toISOString(), ...event };
    // The drawing is for eyes; its figures are in the comparison.
    write(
      `${JSON.stringify(timed, (key, value: unknown) => (key === 'terminalChart' ? undefined : value))}\n`,
    );
  };
}
