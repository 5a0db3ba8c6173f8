import { type ClosedModel, isSent, type LoadPlan, runLoad, type SentSample } from '@skyground/load';
import { answerIdHeader, type Call, requestBody } from '../call.ts';
import type { Context, Place } from '../place.ts';
import { requestName } from '../sample.ts';

/** Longer than the function may run. */
const requestTimeoutMs = 30_000;

/** Sends what the model asks for to the API, and gives every request as a call, in the order of sending. */
export async function loadTheApi(
  model: ClosedModel,
  place: Place,
  context: Context,
): Promise<readonly Call[]> {
  const plan: LoadPlan = {
    name: requestName,
    model,
    target: {
      kind: 'http',
      url: place.apiUrl,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: requestBody,
      answerIdHeader,
    },
    requestTimeoutMs,
  };
  const sent: SentSample[] = [];
  const { startAtMs } = await runLoad(plan, {
    onSamples: (samples) => void sent.push(...samples.filter(isSent)),
    onWarning: (message) => context.log('warning', message),
    signal: context.signal,
  });
  return sent
    .toSorted((a, b) => a.sequence - b.sequence)
    .map((sample) => callOf(sample, usersAt(model, sample.sentAtMs - startAtMs)));
}

/** Users begun by a time of the load. */
export function usersAt({ users, spawnRatePerSecond }: ClosedModel, sinceStartMs: number): number {
  return Math.max(1, Math.min(users, Math.floor((sinceStartMs * spawnRatePerSecond) / 1000) + 1));
}

function callOf(sample: SentSample, users: number): Call {
  const { sentAtMs, endedAtMs, status } = sample;
  return {
    route: 'api',
    startedAtMs: sentAtMs,
    endedAtMs,
    responseMs: status === 'ok' ? endedAtMs - sentAtMs : null,
    outcome: status === 'ok' ? 'succeeded' : 'failed',
    httpStatus: sample.responseCode === null ? null : Number(sample.responseCode),
    error: sample.error,
    requestId: sample.answerId,
    user: sample.user,
    users,
    inFlight: sample.inFlight,
    sentBytes: sample.sentBytes,
    receivedBytes: sample.receivedBytes,
  };
}
