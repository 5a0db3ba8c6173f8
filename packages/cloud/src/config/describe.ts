import { DEFAULT_PREFIX, type LayeredSettings, lookUp, type SettingName, settingNames } from './settings.ts';
import { DEFAULT_REGION } from './target.ts';
import { withoutUserInfo } from './without-user-info.ts';

/** One line of `config show --origin`. */
export interface DescribedSetting {
  readonly name: string;
  /** As text; null where nothing is set. Secrets are never in it. */
  readonly value: string | null;
  readonly origin: string;
}

/**
 * Every setting with where its value comes from, then the AWS variables that are set.
 * `defaults` are those that only the asking app has (memory, ...).
 */
export function describeConfig(
  settings: LayeredSettings,
  environment: NodeJS.ProcessEnv,
  defaults: Readonly<Partial<Record<SettingName, string | number>>> = {},
): readonly DescribedSetting[] {
  const known: Readonly<Partial<Record<SettingName, string | number>>> = {
    target: 'local',
    prefix: DEFAULT_PREFIX,
    ...regionDefault(settings),
    ...defaults,
  };
  const chosen = settingNames.map((name): DescribedSetting => {
    const found = lookUp(settings, name);
    if (found !== undefined) return { name, value: String(found.value), origin: found.origin };
    const fallback = known[name];
    return fallback === undefined
      ? { name, value: null, origin: 'not set' }
      : { name, value: String(fallback), origin: 'default' };
  });
  return [...chosen, ...awsVariables(environment)];
}

/** A real account never gets a region that nobody chose. */
function regionDefault(settings: LayeredSettings): { readonly region?: string } {
  return lookUp(settings, 'target')?.value === 'aws' ? {} : { region: DEFAULT_REGION };
}

/** Variables that are known to be no secret are shown whole; of an access key id the first four characters; of the rest, that they are set. */
function awsVariables(environment: NodeJS.ProcessEnv): readonly DescribedSetting[] {
  const plain =
    /^AWS_(REGION|DEFAULT_REGION|PROFILE|DEFAULT_PROFILE|ENDPOINT_URL(_.*)?|IGNORE_CONFIGURED_ENDPOINT_URLS|EC2_METADATA_DISABLED|CONFIG_FILE|SHARED_CREDENTIALS_FILE)$/;
  return Object.entries(environment)
    .filter(([name, value]) => name.startsWith('AWS_') && value !== undefined && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value: mask(name, value ?? '', plain), origin: 'environment' }));
}

function mask(name: string, value: string, plain: RegExp): string {
  if (name === 'AWS_ACCESS_KEY_ID') return `${value.slice(0, 4)}... (hidden)`;
  return plain.test(name) ? withoutUserInfo(value) : 'set (hidden)';
}
