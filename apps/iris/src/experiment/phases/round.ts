import type { Retirer } from '@skyground/cloud';
import { type Block, range, strategyArm } from '../blocks.ts';
import type { Call } from '../call.ts';
import { invoke } from '../cloud/invoke.ts';
import type { ProvisionedVersion, Provisioner } from '../cloud/provision.ts';
import type { Context, Place } from '../place.ts';
import type { MadeCall, Recording } from '../recording.ts';
import type { Strategy } from '../strategies.ts';

/** The version that this round may use up, or why there is none. */
export type Provided = ProvisionedVersion | { readonly error: string };

/** Each strategy once: a first call where no environment is left, or where one was provisioned, then warm ones. */
export async function round(
  { round: number, strategies }: Extract<Block, { kind: 'round' }>,
  context: Context,
  place: Place,
  recording: Recording,
  means: {
    readonly retirer: Retirer;
    readonly provisioner: Provisioner | null;
    readonly provided: Provided | null;
  },
): Promise<void> {
  const { retirer, provisioner, provided } = means;
  const measured: { readonly strategy: Strategy; readonly calls: readonly Call[] }[] = [];
  for (const strategy of strategies) {
    const fn = place.function(strategy.id);
    if (!strategy.provisioned) {
      await retirer.retire(fn.name, context.signal);
      measured.push({ strategy, calls: await callsOf(fn.name, context, place) });
    } else if (provided !== null) {
      measured.push({ strategy, calls: await provisionedCalls(provided, fn.name, context, place) });
    }
  }
  let provisionedMs: number | undefined;
  if (provisioner !== null && provided !== null && 'version' in provided) {
    await provisioner.remove(provided.version, context.signal);
    provisionedMs = context.clock.nowMs() - provided.sinceMs;
  }
  // Logs are read when nothing is being measured.
  for (const { strategy, calls } of measured) {
    const made = calls.map((call, index) => madeOf(strategy, call, index, number, context));
    const first = strategy.provisioned && provisionedMs !== undefined ? { provisionedMs } : {};
    await recording.record(
      place.function(strategy.id),
      made.map((one, index) => (index === 0 ? { ...one, ...first } : one)),
    );
  }
}

async function callsOf(
  name: string,
  context: Context,
  place: Place,
  version?: string,
): Promise<readonly Call[]> {
  const calls: Call[] = [];
  for (const _ of range(1 + context.parameters.warmCalls)) {
    calls.push(
      await invoke(place.clients.lambda, name, { ...context, ...(version === undefined ? {} : { version }) }),
    );
  }
  return calls;
}

async function provisionedCalls(
  provided: Provided,
  name: string,
  context: Context,
  place: Place,
): Promise<readonly Call[]> {
  if ('version' in provided) return callsOf(name, context, place, provided.version);
  const atMs = context.clock.nowMs();
  return range(1 + context.parameters.warmCalls).map(() => ({
    route: 'invoke',
    startedAtMs: atMs,
    endedAtMs: atMs,
    responseMs: null,
    outcome: 'failed',
    httpStatus: null,
    error: provided.error,
    requestId: null,
    user: null,
    users: null,
    inFlight: null,
    sentBytes: 0,
    receivedBytes: 0,
  }));
}

/** The first call's index is 0. */
function madeOf(strategy: Strategy, call: Call, index: number, number: number, context: Context): MadeCall {
  const { warmCalls } = context.parameters;
  const isFirst = index === 0;
  return {
    call,
    phase: 'strategy',
    arm: strategyArm(strategy, isFirst ? 'first' : 'warm'),
    unit: isFirst ? `call#${number}` : `call#${(number - 1) * warmCalls + index}`,
    isCompared: true,
    intendedStart: isFirst && !strategy.provisioned ? 'cold' : 'warm',
  };
}
