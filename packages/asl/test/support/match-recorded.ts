import { isJsonObject, type Json, type JsonObject } from '../../src/json.ts';

/** What the recorder put in place of a value, whatever the case. */
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

/** Whether a value is the recorded one, as far as the recorder left it readable. */
export function matchesRecorded(recorded: Json, actual: Json | undefined, masks: readonly string[]): boolean {
  if (actual === undefined) return false;
  if (typeof recorded === 'string') return matchesText(recorded, actual, masks);
  // The recorder parsed most texts that are JSON.
  const value = typeof actual === 'string' ? parse(actual) : actual;
  if (isList(recorded)) {
    return (
      isList(value) &&
      recorded.length === value.length &&
      recorded.every((item, index) => matchesRecorded(item, value[index], masks))
    );
  }
  if (!isJsonObject(recorded)) return recorded === value;
  if (isJsonObject(value) && 'errorType' in recorded) return isSameFailure(recorded, value);
  const isSameSize = isJsonObject(value) && Object.keys(value).length === Object.keys(recorded).length;
  return (
    isSameSize &&
    Object.entries(recorded).every(([key, member]) => matchesRecorded(member, value[key], masks))
  );
}

function matchesText(recorded: string, actual: Json, masks: readonly string[]): boolean {
  if (recorded === actual || masks.includes(recorded) || GENERAL_MASKS.includes(recorded)) return true;
  if (typeof actual !== 'string') return false;
  const parsed = parse(recorded);
  if (parsed !== undefined && parsed !== recorded) return matchesRecorded(parsed, parse(actual), masks);
  const pattern = recorded
    .split(/<[^<>]+>/)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('.+');
  return new RegExp(`^${pattern}$`, 's').test(actual);
}

/** The cause of a function's failure: request and stack are those of the run. */
function isSameFailure(recorded: JsonObject, actual: JsonObject): boolean {
  return ['errorType', 'errorMessage'].every((member) => recorded[member] === actual[member]);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
