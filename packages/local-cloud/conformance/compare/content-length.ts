import { isObject } from './json-text.ts';

/**
 * What an integration hands on of the HTTP answer, with the recorded Content-Length in the place of ours where both are honest: the
 * recorded one counts the blanks of Python's JSON or the letters of a run's names. Ours, of a function's answer, must be its size.
 */
export function withRecordedLength(recorded: unknown, result: Readonly<Record<string, unknown>>): unknown {
  const metadata = result['SdkHttpMetadata'];
  if (!isObject(recorded) || !isObject(metadata)) return metadata;
  const isHonest = (length: unknown) =>
    'Payload' in result
      ? length === String(Buffer.byteLength(JSON.stringify(result['Payload'])))
      : typeof length === 'string' && /^\d+$/.test(length);
  const areHonest = (lengths: unknown) =>
    Array.isArray(lengths) && lengths.length === 1 && isHonest(lengths[0]);
  const honest = { HttpHeaders: isHonest, AllHttpHeaders: areHonest };
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) =>
      name === 'HttpHeaders' || name === 'AllHttpHeaders'
        ? [name, replaceLength(recorded[name], value, honest[name])]
        : [name, value],
    ),
  );
}

function replaceLength(recorded: unknown, actual: unknown, isHonest: (length: unknown) => boolean): unknown {
  if (!isObject(recorded) || !isObject(actual) || !isHonest(actual['Content-Length'])) return actual;
  return { ...actual, 'Content-Length': recorded['Content-Length'] };
}
