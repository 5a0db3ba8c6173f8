import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import type { HeaderLine } from './request-headers.ts';

/** What a function told the gateway to answer. */
export interface ProxyAnswer {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A status that can end a request: 1xx never does. */
const status = z
  .union([
    z.number().int(),
    z
      .string()
      .regex(/^\d{3}$/)
      .transform(Number),
  ])
  .pipe(z.number().min(200).max(599));
const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const headers = z.record(z.string(), headerValue).nullish();

const members = {
  headers,
  multiValueHeaders: z.record(z.string(), z.array(headerValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
};

/** Strict as recorded: REST APIs refuse an answer with a member that they do not know, and take one without a status. */
const restAnswer = z.strictObject({ statusCode: status.optional(), ...members });
const answerV1 = z.looseObject({ statusCode: status, ...members });
const answerV2 = z.looseObject({
  statusCode: status,
  headers,
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Of a REST API's function; undefined if it is malformed. */
export function readRestAnswer(payload: string): ProxyAnswer | undefined {
  return answerOf(restAnswer.safeParse(json(payload)).data);
}

/** Of an HTTP API's function, format 1.0; undefined if it is malformed. */
export function readAnswerV1(payload: string): ProxyAnswer | undefined {
  return answerOf(answerV1.safeParse(json(payload)).data);
}

/** Format 2.0: whatever has no statusCode is itself the body of a 200. undefined if it is malformed. */
export function readAnswerV2(payload: string): ProxyAnswer | undefined {
  const given = json(payload);
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || given === null || !('statusCode' in given)) {
    const body = typeof given === 'string' ? given : payload;
    return { status: 200, headers: [['content-type', 'application/json']], body, isBase64Encoded: false };
  }
  const answer = answerV2.safeParse(given).data;
  if (answer === undefined) return undefined;
  const cookies = answer.cookies ?? [];
  return answerOf({ ...answer, multiValueHeaders: cookies.length > 0 ? { 'set-cookie': cookies } : {} });
}

function answerOf(given: z.output<typeof restAnswer> | undefined): ProxyAnswer | undefined {
  if (given === undefined) return undefined;
  const lines = merged(given.multiValueHeaders ?? {}, given.headers ?? {});
  if (!lines.every(canBeSent)) return undefined;
  return {
    status: given.statusCode ?? 200,
    headers: lines,
    body: given.body ?? '',
    isBase64Encoded: given.isBase64Encoded ?? false,
  };
}

/** As recorded: a name of both maps has the values of both, spelt as in multiValueHeaders. */
function merged(
  multiple: Readonly<Record<string, readonly string[]>>,
  single: Readonly<Record<string, string>>,
): HeaderLine[] {
  const found = new Map<string, { name: string; values: string[] }>();
  for (const [name, values] of [
    ...Object.entries(multiple),
    ...Object.entries(single).map(([key, value]): [string, string[]] => [key, [value]]),
  ]) {
    const known = found.get(name.toLowerCase());
    if (known === undefined) found.set(name.toLowerCase(), { name, values: [...values] });
    // The same value in both maps is one header, not two.
    else known.values.push(...values.filter((value) => !known.values.includes(value)));
  }
  return [...found.values()].flatMap(({ name, values }) =>
    values.map((value): HeaderLine => [name, asWireText(value)]),
  );
}

/** UTF-8 beyond Latin-1, which is what a header can hold. */
function asWireText(value: string): string {
  return /[\u0100-\uffff]/.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value;
}

/** A name or a value with a line break would be another header, or another answer. */
function canBeSent([name, value]: HeaderLine): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

/** undefined for what is no JSON (and JSON has no undefined). */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
