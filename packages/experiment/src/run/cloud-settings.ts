import { type LayeredSettings, loadSettings } from '@skyground/cloud';
import type { CloudRequest } from '../contract/cloud.ts';

/** What the person chose over the environment over the project file of where they stand. Throws CloudUsageError. */
export function settingsOf({ target, profile, region, role }: CloudRequest): LayeredSettings {
  return loadSettings({
    flags: {
      target: target ?? undefined,
      profile: profile ?? undefined,
      region: region ?? undefined,
      role: role ?? undefined,
    },
    environment: process.env,
    directory: process.env['INIT_CWD'] ?? process.cwd(),
  });
}
