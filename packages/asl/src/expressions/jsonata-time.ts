import jsonata from 'jsonata';

const format = jsonata('$fromMillis($timeMs, $picture, $timezone)');

/** `$now` and `$millis`, which JSONata takes from the machine's clock and an execution has from its own. */
export function timeFunctions(nowMs: number): Readonly<Record<string, unknown>> {
  return {
    now: (picture?: unknown, timezone?: unknown) =>
      format.evaluate(undefined, { timeMs: nowMs, picture, timezone }),
    millis: () => nowMs,
  };
}
