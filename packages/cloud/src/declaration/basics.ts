import { hostArchitecture, hostPlatform, lambdaPlatform } from '../bundle/platform.ts';
import { DEFAULT_PREFIX, type LayeredSettings, lookUp } from '../config/settings.ts';
import type { TargetChoice } from '../config/target.ts';
import type { AppDeclaration } from './app.ts';

/** The part of a declaration that follows from settings and target alone, the same for every app. */
export function declarationBasics(
  settings: LayeredSettings,
  target: TargetChoice,
): Pick<AppDeclaration, 'prefix' | 'role' | 'platform' | 'architecture' | 'package'> {
  const role = lookUp(settings, 'role')?.value;
  // Emulators other than ours run functions in containers of this machine's instruction set.
  const architecture =
    lookUp(settings, 'architecture')?.value ?? (target.kind === 'aws' ? 'x64' : hostArchitecture());
  return {
    prefix: lookUp(settings, 'prefix')?.value ?? DEFAULT_PREFIX,
    role: role === undefined ? { kind: 'own' } : { kind: 'existing', nameOrArn: role },
    platform: target.kind === 'local' ? hostPlatform() : lambdaPlatform(architecture),
    architecture,
    package: lookUp(settings, 'package')?.value,
  };
}
