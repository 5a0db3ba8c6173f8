import { withRecordedLength } from './content-length.ts';
import type { Difference } from './difference.ts';
import { isObject, parsedJson } from './json-text.ts';
import type { Bindings } from './placeholders.ts';

export interface Judging {
  readonly bindings: Bindings;
  /** Strings that, where they are a whole value, stand for one that the recorder hid. */
  readonly masks: ReadonlySet<string>;
  /** Members that AWS added after the recording was made. */
  readonly laterMembers: ReadonlySet<string>;
}

/** The first difference in meaning. Order of members and the spelling of numbers are none; every other thing is one. */
export function compareValue(
  recorded: unknown,
  actual: unknown,
  judging: Judging,
  path: string,
): Difference | undefined {
  if (typeof recorded === 'string') return compareString(recorded, actual, judging, path);
  if (Array.isArray(recorded)) {
    if (!Array.isArray(actual) || actual.length !== recorded.length) return { path, recorded, actual };
    return firstOf(recorded, (element, index) =>
      compareValue(element, actual[index], judging, `${path}[${index}]`),
    );
  }
  if (isObject(recorded)) {
    if (!isObject(actual)) return { path, recorded, actual };
    if (isFunctionFailure(recorded)) return compareFunctionFailure(recorded, actual, judging, path);
    const names = new Set([...Object.keys(recorded), ...Object.keys(actual)]);
    return firstOf([...names], (name) => {
      if (!Object.hasOwn(recorded, name)) {
        return judging.laterMembers.has(name)
          ? undefined
          : { path: `${path}.${name}`, recorded: undefined, actual: actual[name] };
      }
      if (name === 'SdkHttpMetadata') {
        const ours = withRecordedLength(recorded[name], actual);
        return compareValue(recorded[name], ours, judging, `${path}.${name}`);
      }
      return Object.hasOwn(actual, name)
        ? compareValue(recorded[name], actual[name], judging, `${path}.${name}`)
        : { path: `${path}.${name}`, recorded: recorded[name], actual: undefined };
    });
  }
  return recorded === actual ? undefined : { path, recorded, actual };
}

/**
 * A JSON text of an event, which the recorder left as text when it does not begin with `{`: compared as JSON, since the spacing is
 * that of whoever wrote it first (Python's `[1, 2]` in an input).
 */
export function compareText(
  recorded: unknown,
  actual: unknown,
  judging: Judging,
  path: string,
): Difference | undefined {
  if (typeof actual === 'string' && !(typeof recorded === 'string' && judging.masks.has(recorded))) {
    // In a few recordings every text is parsed.
    const left = typeof recorded === 'string' ? parsedJson(recorded) : { value: recorded };
    const right = parsedJson(actual);
    if (left !== undefined && right !== undefined) {
      return compareValue(left.value, right.value, judging, path);
    }
  }
  return compareValue(recorded, actual, judging, path);
}

function compareString(
  recorded: string,
  actual: unknown,
  judging: Judging,
  path: string,
): Difference | undefined {
  if (judging.masks.has(recorded) && actual !== undefined) return undefined;
  if (typeof actual !== 'string') return { path, recorded, actual };
  if (judging.bindings.matches(recorded, actual)) return undefined;
  // The cause of a function's failure, as a Catch hands it on: JSON in a string.
  const [left, right] = [parsedJson(recorded)?.value, parsedJson(actual)?.value];
  if (isObject(left) && isObject(right) && isFunctionFailure(left)) {
    return compareFunctionFailure(left, right, judging, path);
  }
  return { path, recorded, actual };
}

/** What a Python function answers when it raises; recorded functions are Python's, ours are Node's. */
function isFunctionFailure(value: Readonly<Record<string, unknown>>): boolean {
  return 'errorMessage' in value && 'errorType' in value && 'stackTrace' in value;
}

/** `requestId` and `stackTrace` (Node's is `trace`) belong to the language of the function; type and message are compared. */
function compareFunctionFailure(
  recorded: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
  judging: Judging,
  path: string,
): Difference | undefined {
  return firstOf(['errorType', 'errorMessage'], (name) =>
    compareValue(recorded[name], actual[name], judging, `${path}.${name}`),
  );
}

export function firstOf<Element>(
  elements: readonly Element[],
  compare: (element: Element, index: number) => Difference | undefined,
): Difference | undefined {
  for (const [index, element] of elements.entries()) {
    const difference = compare(element, index);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
