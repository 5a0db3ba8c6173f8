import { createClients, loadSettings, resolveTarget } from '@skyground/cloud';
import type { Surroundings } from '../../src/doctor/check.ts';

interface Given {
  readonly target?: string;
  readonly flags?: Readonly<Record<string, string>>;
  readonly environment?: NodeJS.ProcessEnv;
  readonly useAmbientCredentials?: boolean;
}

/** What the checks look at, below a folder of the test's own. */
export function surroundingsIn(
  dir: string,
  { target = 'local', flags = {}, environment = {}, useAmbientCredentials = false }: Given,
): Surroundings & Disposable {
  const settings = loadSettings({ flags: { target, ...flags }, environment, directory: dir });
  const resolved = resolveTarget(settings, { useAmbientCredentials, environment }).target;
  const clients = resolved.kind === 'local' ? undefined : createClients(resolved);
  return {
    environment,
    settings,
    target: resolved,
    remote: resolved.kind === 'local' || clients === undefined ? undefined : { target: resolved, clients },
    folders: {
      images: `${dir}/images`,
      metrics: `${dir}/metrics`,
      results: `${dir}/results`,
      onPremOutput: `${dir}/output`,
      state: `${dir}/state`,
    },
    now: () => new Date('2026-11-21T12:00:00Z'),
    [Symbol.dispose]: () => clients?.destroy(),
  };
}
