import { defineRemoteCheck, type Judgement } from '../check.ts';
import { askEndpoint, type EndpointAnswer } from './endpoint.ts';

/** AWS refuses signatures whose time is further from its own. */
const refusedBeyondMs = 5 * 60_000;
/** What a comparison of times on both sides would show. */
const feltBeyondMs = 1_000;
/** A Date header names a second, not the moment in it. */
const dateResolutionMs = 1_000;

/** This machine's clock minus the endpoint's. */
interface ClockOffset {
  readonly offsetMs: number;
  /** The true offset is within so much of it, on either side. */
  readonly uncertaintyMs: number;
}

export const clockCheck = defineRemoteCheck({
  id: 'clock',
  title: 'Clock',
  after: ['endpoint'],
  probe: (remote, _, signal) => askEndpoint(remote, signal),
  judge: judgeClock,
});

/** The server's moment lies within the second that it named, and between sending and receiving on this machine's clock. */
export function clockOffset(times: {
  readonly dateMs: number;
  readonly sentMs: number;
  readonly receivedMs: number;
}): ClockOffset {
  const leastMs = times.sentMs - (times.dateMs + dateResolutionMs);
  const mostMs = times.receivedMs - times.dateMs;
  return { offsetMs: (leastMs + mostMs) / 2, uncertaintyMs: (mostMs - leastMs) / 2 };
}

export function judgeClock(answer: EndpointAnswer): Judgement {
  if (answer.kind === 'unreachable' || answer.dateMs === undefined) {
    return {
      status: 'warning',
      seen: 'could not be compared: the endpoint names no time (Date header)',
      advice: 'Make sure that this machine synchronises its clock (NTP).',
    };
  }
  const { offsetMs, uncertaintyMs } = clockOffset({ ...answer, dateMs: answer.dateMs });
  const certainMs = Math.max(0, Math.abs(offsetMs) - uncertaintyMs);
  const direction = offsetMs > 0 ? 'ahead of' : 'behind';
  const seen = `${seconds(Math.abs(offsetMs))} ${direction} the endpoint's, give or take ${seconds(uncertaintyMs)}`;
  if (certainMs > refusedBeyondMs) {
    const advice = 'Synchronise the clock (NTP): AWS refuses signatures that are more than 5 minutes off.';
    return { status: 'problem', seen, advice };
  }
  if (certainMs > feltBeyondMs) {
    const advice = 'Synchronise the clock (NTP): times of the two sides are compared in the time line.';
    return { status: 'warning', seen, advice };
  }
  return { status: 'ok', seen };
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
