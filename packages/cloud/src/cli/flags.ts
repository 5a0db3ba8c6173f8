import { resolve } from 'node:path';
import * as z from 'zod';

import { loadSettings } from '../config/layers.ts';
import type { LayeredSettings } from '../config/settings.ts';
import { CloudUsageError } from '../errors.ts';

const flagsSchema = z.strictObject({
  target: z.string().optional(),
  region: z.string().optional(),
  profile: z.string().optional(),
  useAmbientCredentials: z.boolean().default(false),
  state: z.string().optional(),
  prefix: z.string().optional(),
  role: z.string().optional(),
  inputBucket: z.string().optional(),
  outputBucket: z.string().optional(),
  architecture: z.string().optional(),
  package: z.string().optional(),
  memory: z.string().optional(),
  concurrency: z.string().optional(),
  json: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  origin: z.boolean().default(false),
});

/** The flags of one command, understood. */
export interface Flags {
  readonly settings: LayeredSettings;
  readonly useAmbientCredentials: boolean;
  readonly stateDir: string | undefined;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly origin: boolean;
}

/** Flags as commander gives them, with environment and project file beneath. Paths are relative to where the person stands. */
export function parseFlags(raw: unknown, directory: string, environment: NodeJS.ProcessEnv): Flags {
  const { state, memory, concurrency, useAmbientCredentials, json, dryRun, yes, origin, ...settings } =
    flagsSchema.parse(raw);
  return {
    settings: loadSettings({
      flags: {
        ...settings,
        memoryMb: wholeNumber('--memory', memory),
        reservedConcurrency: wholeNumber('--concurrency', concurrency),
      },
      environment,
      directory,
    }),
    useAmbientCredentials,
    stateDir: state === undefined ? undefined : resolve(directory, state),
    json,
    dryRun,
    yes,
    origin,
  };
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CloudUsageError(`${flag}: expected a whole number, received ${JSON.stringify(text)}.`);
}
