import * as z from 'zod';

/** An endpoint: http or https, and never with credentials in it, because URLs are printed. */
const endpointUrlSchema = z
  .url({ protocol: /^https?$/, error: 'expected local, aws, or an http(s) URL' })
  .refine((text) => URL.canParse(text) && new URL(text).username === '' && new URL(text).password === '', {
    error: 'expected a URL without user name or password in it',
  })
  .transform((text) => text.replace(/\/+$/, ''));

/** What names begin with where nobody chooses. */
export const DEFAULT_PREFIX = 'skyground';

/** What a person may choose, by flag, environment or project file. Never a secret. */
export const settingsSchema = z.strictObject({
  /** `local` (the embedded cloud), `aws` (a real account), or the URL of an AWS-compatible endpoint. */
  target: z.union([z.literal('local'), z.literal('aws'), endpointUrlSchema]).optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'expected a region such as eu-central-1')
    .optional(),
  profile: z.string().min(1).optional(),
  /** First part of every resource's name. */
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,15}$/, 'expected 1 to 16 lower-case letters and digits, a letter first')
    .optional(),
  /** An existing role, by name or ARN; then no IAM resource is touched. */
  role: z.string().min(1).optional(),
  inputBucket: z.string().min(3).max(63).optional(),
  outputBucket: z.string().min(3).max(63).optional(),
  memoryMb: z.int().min(128).max(10_240).optional(),
  reservedConcurrency: z.int().min(0).max(1_000).optional(),
  architecture: z.enum(['x64', 'arm64'], { error: 'expected x64 or arm64' }).optional(),
  /** How code gets to Lambda, where an app offers both. */
  package: z.enum(['zip', 'image'], { error: 'expected zip or image' }).optional(),
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

export const settingNames = Object.keys(settingsSchema.shape).filter((name): name is SettingName =>
  Object.hasOwn(settingsSchema.shape, name),
);

/** One source of settings. Layers are asked in order; the first that knows a name wins. */
export interface SettingsLayer {
  readonly values: Readonly<Settings>;
  /** Where a value of this layer was written down: `flag --region`, `environment AWS_REGION`, `file skyground.config.json`. */
  readonly originOf: (name: string) => string;
}

/** Layers of one person's command, strongest first. */
export type LayeredSettings = readonly SettingsLayer[];

/** The strongest value of a setting, and where it came from; undefined where nobody said anything. */
export function lookUp<N extends SettingName>(
  layers: LayeredSettings,
  name: N,
): { readonly value: Exclude<Settings[N], undefined>; readonly origin: string } | undefined {
  for (const layer of layers) {
    const value = layer.values[name];
    if (isGiven(value)) return { value, origin: layer.originOf(name) };
  }
  return undefined;
}

function isGiven<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined;
}
