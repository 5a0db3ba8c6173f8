import type { Reference, TableDeclaration, Use } from '@skyground/cloud';

import { BUCKET_VARIABLE, functionVariable, TABLE_VARIABLE } from './lambda/environment.ts';
import { TABLE_KEY } from './store/dynamo-table.ts';
import { OBJECT_PREFIX } from './store/names.ts';

/** The table of the runtime; several workflows may share one. */
export const choreographyTable: TableDeclaration = TABLE_KEY;

/**
 * What every function of a workflow needs to run without an orchestrator: spread `environment` and `uses` into its declaration. Names in
 * an environment are known before anything is deployed, so functions may name each other in a circle.
 */
export function choreographed<B extends string, T extends string, F extends string>(keys: {
  readonly table: T;
  readonly bucket: B;
  readonly functions: readonly F[];
}): {
  readonly environment: Readonly<Record<string, Reference<B, T, F, never>>>;
  readonly uses: readonly Use<B, T, F, never>[];
} {
  const { table, bucket, functions } = keys;
  const object = { bucket, keyPrefix: OBJECT_PREFIX };
  return {
    environment: {
      [TABLE_VARIABLE]: { table },
      [BUCKET_VARIABLE]: { bucket },
      ...Object.fromEntries(functions.map((key) => [functionVariable(key), { function: key }])),
    },
    uses: [
      { table, access: 'read' },
      { table, access: 'write' },
      { ...object, access: 'read' },
      { ...object, access: 'write' },
      { ...object, access: 'delete' },
      ...functions.map((key) => ({ function: key })),
    ],
  };
}
