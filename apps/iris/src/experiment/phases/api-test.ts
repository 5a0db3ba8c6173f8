import { invocationLog } from '@skyground/cloud';
import { z } from 'zod';
import { answerIdHeader, type Call, requestBody } from '../call.ts';
import type { Context, Place } from '../place.ts';
import type { Recording } from '../recording.ts';
import { loadUnit } from '../sample.ts';

/** What the cell of the API test holds. */
export const exchangeSchema = z.strictObject({
  request: z.strictObject({ method: z.string(), url: z.string(), body: z.string() }),
  answer: z.strictObject({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.string() }),
  /** The lines of this one invocation, with those of its environment's start. */
  log: z.array(z.strictObject({ timestamp: z.number(), message: z.string() })),
});

export type Exchange = Readonly<z.output<typeof exchangeSchema>>;

/** As much of an answer as a picture of it can hold; a person's proxy may answer with a page. */
const longestAnswer = 4000;

/** One request through the API, as a person would make it with curl: kept with its answer and its log. Throws where nobody answers. */
export async function apiTest(
  context: Context,
  place: Place,
  recording: Recording,
  session: string,
): Promise<void> {
  const { clock, signal } = context;
  const request = { method: 'POST', url: place.apiUrl, body: requestBody };
  const startedAtMs = clock.nowMs();
  const response = await fetch(request.url, {
    method: request.method,
    headers: { 'content-type': 'application/json' },
    body: request.body,
    signal,
  });
  const body = await response.text();
  const endedAtMs = clock.nowMs();
  const requestId = response.headers.get(answerIdHeader);
  const answer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: body.slice(0, longestAnswer),
  };
  const call: Call = {
    route: 'api',
    startedAtMs,
    endedAtMs,
    responseMs: response.ok ? endedAtMs - startedAtMs : null,
    outcome: response.ok ? 'succeeded' : 'failed',
    httpStatus: response.status,
    error: response.ok ? null : `HTTP status ${response.status}: ${body.slice(0, 300)}`,
    requestId,
    user: null,
    users: null,
    inFlight: 1,
    sentBytes: Buffer.byteLength(request.body),
    receivedBytes: Buffer.byteLength(body),
  };
  await recording.record(place.api, [
    {
      call,
      phase: 'api test',
      // Warm-up of the load's arm: kept, not compared.
      arm: loadUnit,
      unit: `api test ${session}`,
      isCompared: false,
      intendedStart: 'either',
      exchangeOf: (lines) => {
        const own = requestId === null ? [] : invocationLog(lines, requestId);
        const log = own.map(({ atMs, message }) => ({ timestamp: atMs, message }));
        return JSON.stringify({ request, answer, log } satisfies Exchange);
      },
    },
  ]);
}
