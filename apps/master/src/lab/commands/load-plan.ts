import { existsSync } from 'node:fs';
import { type ExitCode, exitCodes } from '@skyground/experiment';
import { jmeterPlan, type LoadPlan, loadPlanSchema, locustfile } from '@skyground/load';
import { writeAtomically } from '@skyground/metrics';
import { z } from 'zod';
import { UsageError } from '../../errors.ts';
import { fromWhereThePersonStood } from '../../paths.ts';
import { shortPath } from '../output/result-lines.ts';

interface LoadPlanFlags {
  readonly url?: string;
  readonly method: string;
  readonly rate?: string;
  readonly arrivals: string;
  readonly users?: string;
  readonly spawnRate: string;
  readonly think: string;
  readonly duration: string;
  readonly timeout: string;
  readonly seed: string;
  readonly to?: string;
}

const tools = {
  jmeter: { make: jmeterPlan, name: 'plan.jmx', start: (path: string) => `jmeter -n -t ${path} -l out.jtl` },
  locust: { make: locustfile, name: 'locustfile.py', start: (path: string) => `head -1 ${path}` },
} as const;

/** `load-plan jmeter|locust`: a load on a URL as a plan for whoever wants to drive it with the original. */
export async function loadPlanCommand(toolName: string, flags: LoadPlanFlags): Promise<ExitCode> {
  const tool = toolName === 'jmeter' || toolName === 'locust' ? tools[toolName] : undefined;
  if (tool === undefined) {
    throw new UsageError(`expected jmeter or locust but received ${JSON.stringify(toolName)}`);
  }
  const content = tool.make(planOf(flags));
  const path = fromWhereThePersonStood(flags.to ?? tool.name);
  if (existsSync(path)) {
    throw new UsageError(`${shortPath(path)} exists and is left alone: name another file with --to.`);
  }
  await writeAtomically(path, content);
  console.log(`Written: ${shortPath(path)}. Start it: ${tool.start(shortPath(path))}`);
  return exitCodes.valid;
}

function planOf(flags: LoadPlanFlags): LoadPlan {
  const { url, method, rate, users } = flags;
  if (url === undefined || (rate === undefined) === (users === undefined)) {
    throw new UsageError(
      'expected --url, and either --rate (requests a second, however long answers take) or --users (who wait for theirs).',
    );
  }
  const durationMs = Number(flags.duration) * 1000;
  const seed = Number(flags.seed);
  const model =
    rate === undefined
      ? {
          kind: 'closed',
          users: Number(users),
          spawnRatePerSecond: Number(flags.spawnRate),
          thinkTime: { kind: 'constant', thinkMs: Number(flags.think) * 1000 },
          runTimeMs: durationMs,
          seed,
        }
      : {
          kind: 'open',
          stages: [{ durationMs, startRatePerSecond: Number(rate), endRatePerSecond: Number(rate) }],
          arrivals: flags.arrivals,
          seed,
          // Neither tool has such a bound.
          maxInFlight: 1000,
        };
  const plan = loadPlanSchema.safeParse({
    name: `${method} ${url}`,
    model,
    target: { kind: 'http', url, method, headers: {}, body: null },
    requestTimeoutMs: Number(flags.timeout) * 1000,
  });
  if (plan.success) return plan.data;
  throw new UsageError(`The load cannot be planned:\n${z.prettifyError(plan.error)}`, { cause: plan.error });
}
