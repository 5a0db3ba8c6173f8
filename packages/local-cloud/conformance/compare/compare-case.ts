import { compareEvents, compareTypes } from './compare-history.ts';
import { compareValue, type Judging } from './compare-value.ts';
import type { Difference } from './difference.ts';
import { type ActualEvent, differ, type RecordedEvent } from './event.ts';
import { asRecorded, parsedJson } from './json-text.ts';
import { Bindings } from './placeholders.ts';

/** What the recordings hide wherever they were made; a case adds its own. */
const GENERAL_MASKS = [
  'date',
  'datetime',
  'timestamp',
  'RequestId',
  'X-Amzn-Trace-Id',
  'x-amz-crc32',
  'x-amzn-RequestId',
  'x-amzn-requestid',
  'snf_role_arn',
  'json-input',
];

/** What of a recording is compared. Run values that are known (names of functions, region, account) are already in their places. */
export interface Recording {
  readonly masks: readonly string[];
  /** The recorder hid the whole output. */
  readonly isOutputMasked: boolean;
  /** Two machines or executions of one test share placeholders of ARNs. */
  readonly hasOtherMachines: boolean;
  /** Day of the recording, `2023-10-24`, where it is known. */
  readonly recordedOn: string | undefined;
  readonly expected: {
    readonly status: string;
    readonly output: unknown;
    readonly error: string | null;
    readonly cause: unknown;
    /** null where no history was recorded. */
    readonly events: readonly RecordedEvent[] | null;
  };
}

export interface Observation {
  readonly status: string;
  /** JSON text. */
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly events: readonly ActualEvent[];
}

/** The first difference on each of three levels; undefined is equal, `not recorded` where there is nothing to compare with. */
export interface Comparison {
  /** Status, output and error; the cause too where no history tells it. */
  readonly result: Difference | undefined;
  readonly types: Difference | undefined | 'not recorded';
  readonly events: Difference | undefined | 'not recorded';
}

export function compareCase(recording: Recording, observed: Observation): Comparison {
  const { events } = recording.expected;
  const judging = judgingOf(recording);
  return {
    result: compareResult(recording, observed, judgingOf(recording)),
    types: events === null ? 'not recorded' : compareTypes(events, observed.events, judgingOf(recording)),
    events: events === null ? 'not recorded' : compareEvents(events, observed.events, judging),
  };
}

/** The day on which AWS gave executions a RedriveCount, which the context object and DescribeExecution show. */
const REDRIVE_SINCE = '2023-11-15';

export function judgingOf({ masks, hasOtherMachines, recordedOn }: Recording): Judging {
  return {
    bindings: new Bindings((placeholder) => hasOtherMachines && /^<(Exec)?ArnPart_/.test(placeholder)),
    masks: new Set([...GENERAL_MASKS, ...masks]),
    laterMembers: new Set(
      recordedOn !== undefined && recordedOn < REDRIVE_SINCE
        ? ['RedriveCount', 'RedriveStatus', 'RedriveStatusReason']
        : [],
    ),
  };
}

function compareResult(
  { expected, isOutputMasked }: Recording,
  observed: Observation,
  judging: Judging,
): Difference | undefined {
  return (
    differ(expected.status, observed.status, 'status') ??
    compareOptional(expected.error, observed.error, judging, 'error') ??
    (isOutputMasked ? undefined : compareOutput(expected, observed, judging)) ??
    (expected.events === null
      ? compareOptional(expected.cause, asRecorded(observed.cause), judging, 'cause')
      : undefined)
  );
}

function compareOutput(
  expected: Recording['expected'],
  { output }: Observation,
  judging: Judging,
): Difference | undefined {
  if (output === undefined) {
    return expected.status === 'SUCCEEDED' || expected.output !== null
      ? { path: 'output', recorded: expected.output, actual: undefined }
      : undefined;
  }
  const parsed = parsedJson(output);
  return parsed === undefined
    ? { path: 'output', recorded: expected.output, actual: output }
    : compareValue(expected.output, parsed.value, judging, 'output');
}

/** The recording says null for what AWS left out. */
function compareOptional(
  recorded: unknown,
  actual: unknown,
  judging: Judging,
  path: string,
): Difference | undefined {
  return recorded === null ? differ(undefined, actual, path) : compareValue(recorded, actual, judging, path);
}
