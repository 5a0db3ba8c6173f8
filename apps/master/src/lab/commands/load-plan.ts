import { existsSync } from 'node:fs';
import { type ExitCode, exitCodes } from '@skyground/experiment';
import { jmeterPlan, type LoadPlan, loadPlanSchema, locustfile } from '@skyground/load';
import { writeAtomically } from '@skyground/metrics';
import { z } from 'zod';
import { UsageError } from '../../errors.ts';
import { fromWhereThePersonStood } from '../../paths.ts';
import { shQuoted } from '../../sh-quoted.ts';
import { type LoadFlags, type TypedLoad, typedLoad } from '../load-flags.ts';
import { shortPath } from '../output/result-lines.ts';

const tools = {
  jmeter: {
    make: jmeterPlan,
    name: 'plan.jmx',
    start: (path: string) => `jmeter -n -t ${path} -l out.jtl`,
  },
  locust: {
    make: locustfile,
    name: 'locustfile.py',
    // Its first line is the command, for a file of the usual name.
    start: (path: string, content: string) =>
      content.slice('# '.length, content.indexOf('\n')).replace('locustfile.py', () => path),
  },
} as const;

/** `load-plan jmeter|locust`: a load on a URL as a plan for whoever wants to drive it with the original. */
export async function loadPlanCommand(
  toolName: string,
  flags: LoadFlags,
  typed: readonly string[],
): Promise<ExitCode> {
  const tool = toolName === 'jmeter' || toolName === 'locust' ? tools[toolName] : undefined;
  if (tool === undefined) {
    throw new UsageError(`expected jmeter or locust but received ${JSON.stringify(toolName)}`);
  }
  const content = tool.make(planOf(typedLoad(flags, typed)));
  const path = fromWhereThePersonStood(flags.to ?? tool.name);
  if (existsSync(path)) {
    throw new UsageError(`${shortPath(path)} exists and is left alone: name another file with --to.`);
  }
  await writeAtomically(path, content);
  console.log(`Written: ${shortPath(path)}. Start it: ${tool.start(shQuoted(shortPath(path)), content)}`);
  return exitCodes.valid;
}

function planOf(load: TypedLoad): LoadPlan {
  const { url, method, seed, timeout } = load;
  const durationMs = load.duration * 1000;
  const model =
    load.kind === 'closed'
      ? {
          kind: 'closed',
          users: load.users,
          spawnRatePerSecond: load.spawnRate,
          thinkTime: { kind: 'constant', thinkMs: load.think * 1000 },
          runTimeMs: durationMs,
          seed,
        }
      : {
          kind: 'open',
          stages: [{ durationMs, startRatePerSecond: load.rate, endRatePerSecond: load.rate }],
          arrivals: load.arrivals,
          seed,
          // Neither tool has such a bound.
          maxInFlight: 1000,
        };
  const plan = loadPlanSchema.safeParse({
    name: `${method} ${url}`,
    model,
    target: { kind: 'http', url, method, headers: {}, body: null },
    requestTimeoutMs: timeout * 1000,
  });
  if (plan.success) return plan.data;
  throw new UsageError(`The load cannot be planned:\n${z.prettifyError(plan.error)}`, { cause: plan.error });
}
