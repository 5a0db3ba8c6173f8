import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AnyExperiment,
  type GivenParameters,
  type RunEvent,
  type RunOutcome,
  resumeRun,
  runExperiment,
} from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import type { DummyOrder } from '../fixtures/run-dummy.ts';

const fixture = join(import.meta.dirname, '../fixtures/run-dummy.ts');

interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** The dummy experiment as a process of its own. */
export function runAsProcess(
  order: DummyOrder,
  {
    environment = {},
    flags = [],
  }: { readonly environment?: NodeJS.ProcessEnv; readonly flags?: readonly string[] } = {},
): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const env = { ...process.env, ...environment };
  const child = execFile(
    process.execPath,
    [fixture, JSON.stringify(order), ...flags],
    { env },
    (_error, _stdout, stderr) => resolve({ exitCode: child.exitCode, signal: child.signalCode, stderr }),
  );
  return promise;
}

/** The dummy experiment in this process. */
export async function runDummy(
  resultsFolder: string,
  given: GivenParameters = {},
  {
    seed = 7,
    signal = new AbortController().signal,
    experiment = dummyExperiment,
  }: { readonly seed?: number; readonly signal?: AbortSignal; readonly experiment?: AnyExperiment } = {},
): Promise<{ readonly outcome: RunOutcome; readonly events: readonly RunEvent[] }> {
  const events: RunEvent[] = [];
  const emit = (event: RunEvent) => void events.push(event);
  const outcome = await runExperiment(experiment, given, {
    resultsFolder,
    cloud: noFlags,
    emit,
    signal,
    seed,
    commandLine: ['lab', 'dummy'],
  });
  return { outcome, events };
}

export async function resumeDummy(folder: string, experiment: AnyExperiment = dummyExperiment) {
  const events: RunEvent[] = [];
  const emit = (event: RunEvent) => void events.push(event);
  const outcome = await resumeRun(experiment, folder, { emit, signal: new AbortController().signal });
  return { outcome, events };
}

/** The folder of a run that was measured to the end. */
export function folderOf(outcome: RunOutcome): string {
  if (!('verdict' in outcome)) {
    throw new Error(`expected a finished run, got ${JSON.stringify(outcome)}`);
  }
  return outcome.folder;
}

export function contentOf(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}

/** A run as a kill left it: its manifest, and so much of its samples. */
export async function killedCopy(folder: string, to: string, samples: Uint8Array | string): Promise<string> {
  await mkdir(to, { recursive: true });
  const manifest = await contentOf(folder, 'manifest.json');
  await writeFile(
    join(to, 'manifest.json'),
    manifest.replace('"outcome": "finished"', '"outcome": "running"'),
  );
  await writeFile(join(to, 'samples.csv'), samples);
  return to;
}
