import type { Emit, TimedEvent } from '../events.ts';

/** `--json`: one event a line on standard output, nothing else there. */
export function jsonOutput(write: (text: string) => void, now: () => Date): Emit {
  return (event) => {
    const timed: TimedEvent = { at: now().toISOString(), ...event };
    write(`${JSON.stringify(timed)}\n`);
  };
}
