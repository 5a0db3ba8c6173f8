import { compareText, compareValue, firstOf, type Judging } from './compare-value.ts';
import type { Difference } from './difference.ts';
import { asRecorded, isObject } from './json-text.ts';

/** An event of a recording. `id` is `[0]` or 0 where the recorder sorted the events inside a Parallel state. */
export interface RecordedEvent {
  readonly id: unknown;
  readonly previousEventId: number;
  readonly type: string;
  readonly details_key?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** An event as GetExecutionHistory gave it, without its time. */
export interface ActualEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly detailsKey: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
}

/** Members of details that are JSON texts, or hold them. */
const JSON_TEXTS = new Set(['input', 'output', 'parameters', 'assignedVariables']);

/** Compares what an event says; its ids are the business of whoever put the two side by side. */
export function compareContent(
  recorded: RecordedEvent,
  actual: ActualEvent,
  judging: Judging,
  path: string,
): Difference | undefined {
  return (
    differ(recorded.type, actual.type, `${path}.type`) ??
    differ(recorded.details_key, actual.detailsKey, `${path}.detailsKey`) ??
    compareDetails(recorded.details, actual.details, judging, `${path}.details`)
  );
}

export function compareDetails(
  recorded: Readonly<Record<string, unknown>> | undefined,
  actual: Readonly<Record<string, unknown>> | undefined,
  judging: Judging,
  path: string,
): Difference | undefined {
  if (recorded === undefined || actual === undefined) return differ(recorded, actual, path);
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(actual)])];
  return firstOf(names, (name) =>
    compareMember(
      recorded[name],
      actual[name],
      JSON_TEXTS.has(name) ? compareText : compareValue,
      judging,
      `${path}.${name}`,
    ),
  );
}

/** A member of details: an AWS structure down to its texts, which the recorder parsed where they begin with `{`. */
function compareMember(
  recorded: unknown,
  actual: unknown,
  compare: typeof compareValue,
  judging: Judging,
  path: string,
): Difference | undefined {
  if (isObject(actual) && isObject(recorded)) {
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(actual)])];
    return firstOf(names, (name) =>
      compareMember(recorded[name], actual[name], compare, judging, `${path}.${name}`),
    );
  }
  if (recorded === undefined || actual === undefined) return differ(recorded, actual, path);
  return compare(recorded, asRecorded(actual), judging, path);
}

export function differ(recorded: unknown, actual: unknown, path: string): Difference | undefined {
  return recorded === actual ? undefined : { path, recorded, actual };
}
