import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type * as z from 'zod';

import { CloudUsageError } from '../errors.ts';
import { areOverridesIgnored } from './endpoint-overrides.ts';
import { type LayeredSettings, type Settings, type SettingsLayer, settingsSchema } from './settings.ts';

export const PROJECT_FILE_NAME = 'skyground.config.json';

const flagNames: Readonly<Record<string, string>> = {
  inputBucket: '--input-bucket',
  outputBucket: '--output-bucket',
  memoryMb: '--memory',
  reservedConcurrency: '--concurrency',
};

/** Flags over environment over project file. What nobody says is left to the defaults of whoever asks. */
export function loadSettings(options: {
  /** Flags as given; undefined where not. Checked here. */
  readonly flags: Readonly<Partial<Record<keyof Settings, unknown>>>;
  readonly environment: NodeJS.ProcessEnv;
  /** Where the person stands (INIT_CWD): the project file is looked for here and in every folder above. */
  readonly directory: string;
}): LayeredSettings {
  const file = findProjectFile(options.directory);
  return [
    flagLayer(options.flags),
    environmentLayer(options.environment),
    ...(file === undefined ? [] : [fileLayer(file)]),
  ];
}

function flagLayer(flags: Readonly<Record<string, unknown>>): SettingsLayer {
  const originOf = (name: string): string => `flag ${flagNames[name] ?? `--${name}`}`;
  return { values: parseSettings(flags, originOf), originOf };
}

/**
 * SKYGROUND_TARGET, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION (which the SDK alone would overlook) and AWS_PROFILE.
 * An empty variable counts as not set.
 */
function environmentLayer(environment: NodeJS.ProcessEnv): SettingsLayer {
  const variables: Readonly<Record<string, string>> = {
    target: targetVariable(environment),
    region: regionVariable(environment),
    profile: 'AWS_PROFILE',
  };
  const raw = Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [name, environment[variable] || undefined]),
  );
  const originOf = (name: string): string => `environment ${variables[name] ?? name}`;
  return { values: parseSettings(raw, originOf), originOf };
}

function targetVariable(environment: NodeJS.ProcessEnv): string {
  return environment['SKYGROUND_TARGET'] || areOverridesIgnored(environment)
    ? 'SKYGROUND_TARGET'
    : 'AWS_ENDPOINT_URL';
}

function regionVariable(environment: NodeJS.ProcessEnv): string {
  return environment['AWS_REGION'] || !environment['AWS_DEFAULT_REGION']
    ? 'AWS_REGION'
    : 'AWS_DEFAULT_REGION';
}

function findProjectFile(directory: string): string | undefined {
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    const path = join(folder, PROJECT_FILE_NAME);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}

function fileLayer(path: string): SettingsLayer {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new CloudUsageError(`${path}: expected a JSON object of settings, but it cannot be read as JSON.`, {
      cause,
    });
  }
  const originOf = (): string => `file ${path}`;
  return { values: parseSettings(raw, (name) => (name === '' ? path : `${path}: ${name}`)), originOf };
}

function parseSettings(raw: unknown, nameOf: (name: string) => string): Settings {
  const parsed = settingsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.map(String).join('.');
    return `${nameOf(name)}: ${describeIssue(issue)}`;
  });
  throw new CloudUsageError(problems.join('\n'), { cause: parsed.error });
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union')
    return 'expected local, aws, or an http(s) URL without credentials in it';
  if (issue.code === 'unrecognized_keys') {
    return `unknown ${issue.keys.join(', ')}. Known: ${Object.keys(settingsSchema.shape).join(', ')}. Secrets never belong here.`;
  }
  return issue.message;
}
