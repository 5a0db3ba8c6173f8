import { setTimeout as sleep } from 'node:timers/promises';
import { idleArms, range } from '../blocks.ts';
import { invoke } from '../cloud/invoke.ts';
import { idleFunction, pingedFunction } from '../deployment.ts';
import type { KeepWarm } from '../keep-warm.ts';
import { idleFunctions } from '../parameters.ts';
import type { Context, Place } from '../place.ts';
import type { Recording } from '../recording.ts';

/** Waits until functions have been alone for long enough, then calls each of them twice, and the pinged ones once, in turn. */
export async function idle(
  context: Context,
  place: Place,
  recording: Recording,
  keepWarm: KeepWarm,
): Promise<void> {
  const { clock, signal, parameters } = context;
  context.progress(`leaving functions alone for ${parameters.idleS} s`);
  for (let next = keepWarm.nextAtMs(); !next.isOver; next = keepWarm.nextAtMs()) {
    await sleep(Math.max(1, next.atMs - clock.nowMs()), undefined, { signal });
    await keepWarm.pingIfDue();
  }
  context.progress('calling the functions that were left alone');
  for (const index of range(idleFunctions)) {
    const unit = `function#${index}`;
    const made = { phase: 'idle', unit, isCompared: true, intendedStart: 'either' } as const;
    const alone = place.function(idleFunction(index));
    const pinged = place.function(pingedFunction(index));
    const pingedCall = await invoke(place.clients.lambda, pinged.name, context);
    const aloneCall = await invoke(place.clients.lambda, alone.name, context);
    const again = await invoke(place.clients.lambda, alone.name, context);
    await recording.record(pinged, [{ ...made, arm: idleArms.pinged, call: pingedCall }]);
    await recording.record(alone, [
      { ...made, arm: idleArms.idle, call: aloneCall },
      { ...made, arm: idleArms.again, call: again },
    ]);
  }
}
