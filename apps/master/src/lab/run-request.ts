import type { AnyExperiment, CloudRequest, GivenParameters } from '@skyground/experiment';
import { UsageError } from '../errors.ts';
import { resultsFolderOf } from '../paths.ts';
import { givenParameters } from './parameter-flags.ts';

/** The flags that every experiment has, as commander gives them. */
export interface CommonFlags {
  readonly target?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly role?: string;
  readonly useAmbientCredentials?: boolean;
  readonly seed?: string;
  readonly threshold?: readonly string[];
  readonly results?: string;
  readonly dryRun?: boolean;
  readonly resume?: string | true;
  readonly json?: boolean;
  /** False with --no-tui. */
  readonly tui?: boolean;
  readonly screenReader?: boolean;
}

/** A run as the person asked for it. */
export interface RunRequest {
  readonly given: GivenParameters;
  readonly cloud: CloudRequest;
  readonly seed: number | undefined;
  /** As written; judged for each arm. */
  readonly thresholds: readonly string[];
  readonly resultsFolder: string;
}

/** Throws UsageError with everything that is wrong, one line each. */
export function requestOf(
  experiment: AnyExperiment,
  flags: CommonFlags & Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv,
): RunRequest {
  const { given, problems } = givenParameters(experiment, flags, environment);
  const all = [...problems, ...emptyTexts(flags), ...seedProblems(flags.seed)];
  if (all.length > 0) throw new UsageError(all.join('\n'));
  return {
    given,
    cloud: {
      target: flags.target ?? null,
      profile: flags.profile ?? null,
      region: flags.region ?? null,
      role: flags.role ?? null,
      useAmbientCredentials: flags.useAmbientCredentials === true,
    },
    seed: flags.seed === undefined ? undefined : Number(flags.seed),
    thresholds: flags.threshold ?? [],
    resultsFolder: resultsFolderOf(flags.results),
  };
}

/** An unset shell variable would otherwise mean a place that nobody chose. */
function emptyTexts(flags: CommonFlags): string[] {
  return (['target', 'profile', 'region', 'role'] as const)
    .filter((name) => flags[name] === '')
    .map((name) => `expected at least 1 character for --${name} but received ""`);
}

function seedProblems(seed: string | undefined): string[] {
  if (seed === undefined || (/^\d+$/.test(seed) && Number(seed) < 2 ** 31)) return [];
  return [
    `expected a whole number between 0 and ${2 ** 31 - 1} for --seed but received ${JSON.stringify(seed)}`,
  ];
}
