import { vi } from 'vitest';
import type { ListedExperiment } from '../../src/experiments.ts';
import { runLab } from '../../src/lab/lab.ts';
import { onlyDummy } from '../fixtures/dummy/listed.ts';

/** `lab`, with the dummy as its one experiment, in this process: where nothing is stopped or killed, another one proves nothing more. */
export function lab(dir: string, ...args: readonly string[]) {
  return labOf(onlyDummy, dir, args);
}

/** The same with experiments of one's own, or with variables of the environment; those of whoever runs the tests are none of its. */
export async function labOf(
  experiments: readonly ListedExperiment[],
  dir: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  for (const name of Object.keys(process.env)) {
    if (/^(AWS_|SKYGROUND_)/.test(name)) vi.stubEnv(name, undefined);
  }
  const ours = { ...environment, INIT_CWD: dir, SKYGROUND_STATE_DIR: `${dir}/state` };
  for (const [name, value] of Object.entries(ours)) vi.stubEnv(name, value);
  const said = { stdout: '', stderr: '' };
  const takenBy = (stream: keyof typeof said) => (text: unknown) => {
    said[stream] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(takenBy('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(takenBy('stderr')),
    vi
      .spyOn(console, 'log')
      .mockImplementation((text: unknown) => void takenBy('stdout')(`${String(text)}\n`)),
    vi
      .spyOn(console, 'error')
      .mockImplementation((text: unknown) => void takenBy('stderr')(`${String(text)}\n`)),
  ];
  try {
    const exitCode = await runLab(args, experiments);
    return { exitCode, ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

export function jsonLines(stdout: string): { readonly type: string; readonly [field: string]: unknown }[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
