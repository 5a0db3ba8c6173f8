import { type Envelope, envelopeSchema, eventText, type Sent } from './envelope.ts';
import { Collected } from './errors.ts';
import type { Runtime, Work } from './runtime.ts';
import { Store } from './store/store.ts';

/** An asynchronous event may have 1 MB. */
const MAX_EVENT_BYTES = 1_000_000;

/** Starts the function that the definition names so. */
export async function send(work: Work, functionName: string, envelope: Envelope): Promise<void> {
  const event = await eventOf(work, envelope);
  if ((await work.plant('before one continuation')) === 'twice')
    await work.runtime.invoke(functionName, event);
  await work.runtime.invoke(functionName, event);
  await work.plant('after one continuation');
}

/** The envelope, or where it is kept if it is too large to send. */
export async function eventOf({ store }: Work, envelope: Envelope): Promise<string> {
  const text = eventText(envelope);
  if (Buffer.byteLength(text) <= MAX_EVENT_BYTES) return text;
  const object = await store.putObject(JSON.stringify(envelope));
  return eventText({ session: envelope.session, object });
}

/**
 * What was sent; undefined where it was kept, and its session has ended and was collected: what an invocation of this event wrote since,
 * before it was stopped, is cleared away.
 */
export async function readEnvelope(runtime: Runtime, sent: Sent): Promise<Envelope | undefined> {
  if (sent.kind === 'envelope') return sent.envelope;
  const store = new Store(runtime, sent.session);
  try {
    return envelopeSchema.parse(JSON.parse(await store.object(sent.object)));
  } catch (error) {
    if (!(error instanceof Collected)) throw error;
    await store.collect(true);
    return undefined;
  }
}
