import { z } from 'zod';
import { notImplemented } from '../../../errors.ts';
import { badRequest } from '../errors.ts';

export const patchOperations = z
  .array(
    z.strictObject({
      op: z.enum(['add', 'remove', 'move', 'test', 'replace', 'copy']),
      path: z.string(),
      value: z.string().optional(),
    }),
  )
  .optional();
export type PatchOperation = NonNullable<z.output<typeof patchOperations>>[number];

/** What one place of a record can be patched with. Returns the record with it. */
export interface Patch<Target> {
  /** Matched against the whole path, its `~1` still in it. */
  readonly path: RegExp;
  readonly ops: readonly PatchOperation['op'][];
  readonly apply: (target: Target, operation: PatchOperation, names: readonly string[]) => Target;
}

/** Applies operations in order. A place that AWS has and this table lacks is refused by its path. */
export function applyPatches<Target>(
  operationName: string,
  patches: readonly Patch<Target>[],
  target: Target,
  operations: readonly PatchOperation[] = [],
): Target {
  let patched = target;
  for (const operation of operations) {
    const patch = patches.find(({ path }) => path.test(operation.path));
    if (patch === undefined) throw notImplemented('apigateway', operationName, `patch of ${operation.path}`);
    if (!patch.ops.includes(operation.op)) {
      throw badRequest(`Invalid patch operation specified. Must be one of: [${patch.ops.join(', ')}]`);
    }
    const names = (patch.path.exec(operation.path) ?? []).slice(1);
    patched = patch.apply(patched, operation, names);
  }
  return patched;
}

/** A member of a JSON pointer: `~1` is a slash, `~0` a tilde. */
export function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
