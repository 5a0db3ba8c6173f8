import { join } from 'node:path';
import {
  CloudUsageError,
  createClients,
  loadSettings,
  readSharedProfiles,
  resolveTarget,
} from '@skyground/cloud';
import { z } from 'zod';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { paintFor } from '../output/paint.ts';
import {
  defaultOnPremOutputDir,
  defaultResultsFolder,
  fromWhereThePersonStood,
  repositoryRoot,
  stateDir,
} from '../paths.ts';
import { stopOnSignals } from '../stop.ts';
import type { Surroundings } from './check.ts';
import { allChecks } from './checks/all.ts';
import { plainLines, terminalLines } from './lines.ts';
import { maskFor } from './mask.ts';
import { reportOf } from './report.ts';
import { runChecks } from './run-checks.ts';

/** Longer than the longest wait of a probe itself: the embedded cloud's start on a busy machine. */
const checkLimitMs = 20_000;

/** For folders that a stopped check is just taking away. */
const graceMs = 1_000;

const flagsSchema = z.strictObject({
  target: z.string().optional(),
  profile: z.string().optional(),
  region: z.string().optional(),
  useAmbientCredentials: z.boolean().default(false),
  inputBucket: z.string().optional(),
  outputBucket: z.string().optional(),
  role: z.string().optional(),
  images: z.string().min(1).optional(),
  json: z.boolean().default(false),
});

type Flags = Omit<z.infer<typeof flagsSchema>, 'json'>;

/** The `doctor` command: looks at everything, prints one list, changes nothing. */
export async function runDoctor(given: Record<string, unknown>): Promise<ExitCode> {
  const flags = flagsSchema.safeParse(given);
  if (!flags.success) {
    console.error(z.prettifyError(flags.error));
    return exitCodes.usage;
  }
  const { json, ...about } = flags.data;
  let surroundings: Surroundings;
  try {
    surroundings = surroundingsOf(about);
  } catch (error) {
    if (!(error instanceof CloudUsageError)) throw error;
    console.error(error.message);
    return exitCodes.usage;
  }
  const stop = stopOnSignals();
  try {
    const findings = await runChecks(allChecks, surroundings, {
      signal: stop.signal,
      limitMs: checkLimitMs,
    });
    const mask = maskFor(process.env, await readSharedProfiles());
    const report = reportOf(surroundings.target.label, findings, mask);
    if (json) console.log(JSON.stringify(report));
    else for (const line of linesFor(report)) console.log(line);
    return report.exitCode;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    return exitCodes.stopped;
  } finally {
    stop.dispose();
    if (surroundings.remote !== undefined) {
      surroundings.remote.clients.destroy();
      // A program that a profile names for credentials (it may wait for a code) cannot be told to stop, and would be waited for.
      setTimeout(() => process.exit(), graceMs).unref();
    }
  }
}

function linesFor(report: Parameters<typeof plainLines>[0]): readonly string[] {
  const { stdout, env } = process;
  const inColumns = stdout.isTTY === true && env['INK_SCREEN_READER'] !== 'true';
  return inColumns ? terminalLines(report, stdout.columns, paintFor(stdout)) : plainLines(report);
}

function surroundingsOf({ useAmbientCredentials, images, ...flags }: Flags): Surroundings {
  const environment = process.env;
  const directory = environment['INIT_CWD'] ?? process.cwd();
  const settings = loadSettings({ flags, environment, directory });
  const { target } = resolveTarget(settings, { useAmbientCredentials, environment });
  return {
    environment,
    settings,
    target,
    remote: target.kind === 'local' ? undefined : { target, clients: createClients(target) },
    folders: {
      images:
        images === undefined ? join(repositoryRoot, 'images_to_upload') : fromWhereThePersonStood(images),
      metrics: join(repositoryRoot, 'metrics'),
      results: defaultResultsFolder,
      onPremOutput: defaultOnPremOutputDir,
      state: stateDir(),
    },
    now: () => new Date(),
  };
}
