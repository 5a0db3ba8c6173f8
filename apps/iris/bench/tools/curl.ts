import { setTimeout as wait } from 'node:timers/promises';
import type { LoadPlan } from '@skyground/load';
import { output } from './output.ts';
import type { Measured, Tool } from './tool.ts';

/**
 * As many curls as users, begun as they are. Each sends its requests over one connection, one after the other, beginning one as often
 * as a user does whose answers come at once (`--rate`); what curl calls the total time has no start of a process in it.
 */
export const curl: Tool = async ({ plan, signal }) => {
  const { users, spawnRatePerSecond } = closedModelOf(plan);
  const failure = new AbortController();
  const ended = AbortSignal.any([signal, failure.signal]);
  try {
    const texts = await Promise.all(
      Array.from({ length: users }, async (_, user) => {
        await wait((user * 1000) / spawnRatePerSecond, undefined, { signal: ended });
        return output('curl', argumentsFor(plan, user), { signal: ended, exitCodes: [0] });
      }),
    );
    return measuredIn(texts.flatMap((text) => text.trim().split('\n')));
  } finally {
    // One that failed must not leave the others sending.
    failure.abort();
  }
};

/** Lines of total seconds and status. */
function measuredIn(lines: readonly string[]): Measured {
  const answers = lines.map((line) => line.split(' '));
  return {
    durationsMs: answers.map(([seconds]) => Number(seconds) * 1000),
    failed: answers.filter(([, status]) => status !== '200').length,
    ownMedianMs: null,
  };
}

function argumentsFor(plan: LoadPlan, user: number): readonly string[] {
  const { thinkTime, runTimeMs, spawnRatePerSecond } = closedModelOf(plan);
  const { target } = plan;
  if (target.kind !== 'http' || thinkTime.kind !== 'constant')
    throw new Error('curl needs HTTP and a constant pause');
  const requests = Math.floor((runTimeMs - (user * 1000) / spawnRatePerSecond) / thinkTime.thinkMs);
  const headers = Object.entries(target.headers).flatMap(([name, value]) => [
    '--header',
    `${name}: ${value}`,
  ]);
  return [
    ...['--silent', '--show-error', '--output', '/dev/null', '--write-out', '%{time_total} %{http_code}\\n'],
    ...['--request', target.method, ...headers, '--data-binary', target.body ?? ''],
    ...['--rate', `${Math.round(3_600_000 / thinkTime.thinkMs)}/h`],
    // Which request it is: curl sends as many as the range has members.
    `${target.url}?request=[1-${requests}]`,
  ];
}

function closedModelOf({ model }: LoadPlan) {
  if (model.kind === 'closed') return model;
  throw new Error('curl has no open model');
}
