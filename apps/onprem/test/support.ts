import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type ImageRecord, readMetricsFile } from '@skyground/metrics';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';

import type { OnPremEvent, WatchEvent } from '../src/index.ts';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

export type AnyEvent = OnPremEvent | WatchEvent;

/** A folder that is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'skyground-onprem-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A plain picture; the colour makes the bytes differ. */
export async function picture(
  format: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif',
  colour: string,
  edgePx = 32,
) {
  return sharp({ create: { width: edgePx, height: edgePx, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer();
}

/** Large enough that its worker can be killed while it processes it. */
export async function writeSlowImage(path: string): Promise<void> {
  await writeFile(path, await picture('png', 'teal', 6000));
}

export async function readRecords(metricsFile: string): Promise<readonly ImageRecord[]> {
  const { records, findings } = await readMetricsFile(metricsFile);
  if (findings.length > 0) throw new Error(`unexpected findings: ${JSON.stringify(findings)}`);
  return records;
}

/** Events as they come, and a way to wait for one. */
export class EventLog {
  readonly events: AnyEvent[] = [];
  readonly #waiting = new Set<() => void>();

  readonly add = (event: AnyEvent): void => {
    this.events.push(event);
    for (const check of this.#waiting) check();
  };

  of<Type extends AnyEvent['type']>(type: Type): Extract<AnyEvent, { type: Type }>[] {
    return this.events.filter((event): event is Extract<AnyEvent, { type: Type }> => event.type === type);
  }

  /** Resolves as soon as `condition` holds; the test's own time limit ends a wait in vain. */
  async until(condition: (log: EventLog) => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = (): void => {
      if (condition(this)) resolve();
    };
    this.#waiting.add(check);
    check();
    await promise;
    this.#waiting.delete(check);
  }

  finishedImages(): string[] {
    return this.of('imageFinished').map(({ record }) => record.image);
  }
}

export interface RunningCli {
  readonly log: EventLog;
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
  readonly stderr: () => string;
}

/** The command as a person starts it, with events on its standard output. */
export function startCli(folder: string, ...flags: string[]): RunningCli {
  const child = spawn(process.execPath, [CLI, '--json', ...flags], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = new EventLog();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  createInterface({ input: child.stdout }).on('line', (line) => log.add(JSON.parse(line)));
  const { promise: exitCode, resolve } = Promise.withResolvers<number | null>();
  child.on('close', (code) => resolve(code));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { log, child, exitCode, stderr: () => stderr };
}

/** A process that has ended but whose parent is gone may stay listed for ever where nobody reaps it. */
export function isRunning(pid: number): boolean {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
    return state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}
