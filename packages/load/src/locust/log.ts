import type { ClosedModel } from '../model/plan.ts';
import { isSent, type LoadSample } from '../sample.ts';
import { consoleTables } from './console-tables.ts';
import { failuresOf } from './failures.ts';
import { runTimes } from './run-times.ts';
import { statsLines } from './stats.ts';
import type { TimesFrom } from './tally.ts';

export interface LocustLogOptions {
  /** What the load was asked for. It has to have run to its end. */
  readonly model: ClosedModel;
  /** The machine that sent, as each line names it. */
  readonly hostName: string;
  readonly timesFrom: TimesFrom;
}

/**
 * What `locust --logfile` writes of such a load, in UTC, and below it the tables that Locust prints on its console. The
 * first line says who wrote it; what only Locust could say (its version, the files it writes) is left out. The exit code
 * is the one that Locust would have ended with: 1 where a request failed.
 *
 * @throws LoadError where nothing was sent
 */
export function locustLog(
  samples: readonly LoadSample[],
  { model, hostName, timesFrom }: LocustLogOptions,
): string {
  const sent = samples.filter(isSent);
  const { startMs, endMs } = runTimes(sent);
  const failures = failuresOf(sent);
  const line = (atMs: number, logger: string, message: string): string =>
    `[${logTime(atMs)}] ${hostName}/INFO/${logger}: ${message}`;
  const { users, spawnRatePerSecond, runTimeMs } = model;
  const limitAtMs = startMs + runTimeMs;
  const spawned = [...firstDueByUser(samples).values()].toSorted((a, b) => a - b);
  const allSpawnedAtMs = spawned[users - 1];
  return [
    line(
      startMs,
      'skyground.load',
      'Written by Skyground from the samples of its own load, in the format of Locust; times are UTC, and the tables at the end are those of its console',
    ),
    line(startMs, 'locust.main', `Run time limit set to ${Math.ceil(runTimeMs / 1000)} seconds`),
    line(
      startMs,
      'locust.runners',
      `Ramping to ${users} users at a rate of ${spawnRatePerSecond.toFixed(2)} per second`,
    ),
    ...(allSpawnedAtMs === undefined
      ? []
      : [
          line(
            allSpawnedAtMs,
            'locust.runners',
            `All users spawned: {"User": ${users}} (${users} total users)`,
          ),
        ]),
    line(limitAtMs, 'locust.main', '--run-time limit reached, shutting down'),
    line(
      Math.max(endMs, limitAtMs),
      'locust.main',
      `Shutting down (exit code ${failures.length === 0 ? 0 : 1})`,
    ),
    ...consoleTables(statsLines(sent, timesFrom), failures),
  ]
    .map((text) => `${text.replace(/\p{Cc}/gu, '\uFFFD')}\n`)
    .join('');
}

/** `2026-11-20 15:24:17,163`, as Python's logging writes a time. */
function logTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
}

function firstDueByUser(samples: readonly LoadSample[]): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const { user, dueAtMs } of samples) {
    if (user !== null) first.set(user, Math.min(dueAtMs, first.get(user) ?? dueAtMs));
  }
  return first;
}
