import { kebabCase } from '@skyground/experiment/command-line';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { refuseFlagsBut } from '../given-flags.ts';
import { givenParameters } from './parameter-flags.ts';

const common = {
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** Seconds, as all times that are typed. */
  duration: z.number().positive(),
  timeout: z.number().positive(),
  seed: z.int(),
};
const openSchema = z.strictObject({
  rate: z.number().positive(),
  arrivals: z.enum(['even', 'poisson']),
  ...common,
});
const closedSchema = z.strictObject({
  users: z.int().positive(),
  spawnRate: z.number().positive(),
  think: z.number().nonnegative(),
  ...common,
});

/** By the names that commander gives them, its defaults among them. */
export interface LoadFlags {
  readonly url?: string;
  readonly rate?: string;
  readonly users?: string;
  readonly to?: string;
  readonly [name: string]: string | undefined;
}

export type TypedLoad = { readonly url: string } & (
  | ({ readonly kind: 'open' } & z.output<typeof openSchema>)
  | ({ readonly kind: 'closed' } & z.output<typeof closedSchema>)
);

/** The load that was asked for; `typed` are the flags that are no defaults. UsageError names each flag at fault, one line each. */
export function typedLoad(flags: LoadFlags, typed: readonly string[]): TypedLoad {
  const { url, rate, users } = flags;
  if (url === undefined || (rate === undefined) === (users === undefined)) {
    throw new UsageError(
      'expected --url, and either --rate (requests a second, however long answers take) or --users (who wait for theirs).',
    );
  }
  return rate === undefined
    ? { url, kind: 'closed', ...parsed(closedSchema, '--users makes a closed model', url, flags, typed) }
    : { url, kind: 'open', ...parsed(openSchema, '--rate makes an open model', url, flags, typed) };
}

function parsed<Load extends object>(
  schema: z.ZodObject & z.ZodType<Load>,
  model: string,
  url: string,
  flags: LoadFlags,
  typed: readonly string[],
): Load {
  const names = Object.keys(schema.shape);
  refuseFlagsBut(['url', 'to', ...names].map(kebabCase), typed.map(kebabCase), model);
  const { given, problems } = givenParameters({ id: 'load-plan', parameters: schema }, flags, {});
  const all = [...urlProblems(url), ...problems];
  if (all.length > 0) throw new UsageError(all.join('\n'));
  return schema.parse(Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value])));
}

function urlProblems(url: string): string[] {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return [];
  return [
    `expected a URL that begins with http:// or https:// for --url but received ${JSON.stringify(url)}`,
  ];
}
