import { z } from 'zod';
import { UsageError } from '../errors.ts';

/** Where a value came from; the manifest keeps it. */
export const origins = ['flag', 'environment', 'file', 'default'] as const;
export type Origin = (typeof origins)[number];

/** Values that somebody chose; what is not among them has its default. */
export type GivenParameters = Readonly<
  Record<string, { readonly value: unknown; readonly origin: Exclude<Origin, 'default'> }>
>;

export interface ParameterDescription {
  readonly name: string;
  readonly description: string;
  readonly defaultValue: unknown;
}

/** What flags and docs derive from. Throws UsageError for a schema that is not strict, or a member without default or description. */
export function describeParameters(schema: z.ZodObject): readonly ParameterDescription[] {
  refuseLoose(schema, 'parameters');
  return Object.entries(schema.shape).map(([name, member]) => {
    const description = z.globalRegistry.get(member)?.description;
    const parsed = z.safeParse(member, undefined);
    if (description === undefined || !parsed.success || parsed.data === undefined) {
      throw new UsageError(
        `Parameter ${name}: expected a default and a description, as in z.number().default(3).describe('...').`,
      );
    }
    return { name, description, defaultValue: parsed.data };
  });
}

/** Values with their origins, or UsageError that names each parameter at fault, what was expected and what came. */
export function resolveParameters<Parameters extends object>(
  schema: z.ZodObject & z.ZodType<Parameters>,
  given: GivenParameters,
): { readonly values: Parameters; readonly origins: Readonly<Record<string, Origin>> } {
  const known = Object.keys(schema.shape);
  const parsed = z.safeParse(
    schema,
    Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value])),
  );
  if (!parsed.success) {
    throw new UsageError(
      `The parameters are not as expected (known: ${known.join(', ') || 'none'}):\n${z.prettifyError(parsed.error)}`,
      { cause: parsed.error },
    );
  }
  return {
    values: parsed.data,
    origins: Object.fromEntries(known.map((name) => [name, given[name]?.origin ?? 'default'])),
  };
}

export function refuseLoose(schema: z.ZodObject, what: string): void {
  const rest = schema.def.catchall;
  if (rest === undefined || rest._zod.def.type !== 'never') {
    throw new UsageError(
      `expected the ${what} to be a z.strictObject, which refuses members it does not know.`,
    );
  }
}
