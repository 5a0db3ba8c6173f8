import { AwsError } from '../../errors.ts';
import { withConditions } from './conditions.ts';
import { type ActionName, type DynaliteStore, prepare, type Wire } from './dynalite.ts';
import { checkExpressions } from './expression-limits.ts';
import { guardedStore } from './guarded-store.ts';
import { settlePaths } from './update-paths.ts';
import { writing } from './write-context.ts';

/** A table's row is written twice: with the status of the answer, and with the one after it. */
const TABLE_WRITES = 2;
const CHANGES_TABLES: ReadonlySet<ActionName> = new Set(['CreateTable', 'DeleteTable', 'UpdateTable']);

/** One request: JSON in, JSON out, an AwsError for every refusal. Tables are in their last state when it resolves. */
export async function runAction(store: DynaliteStore, name: ActionName, input: Wire): Promise<Wire> {
  checkExpressions(name, input);
  const { run, request: checked } = check(store, name, input);
  settlePaths(checked);
  const request = withConditions(checked);
  const settled = Promise.withResolvers<void>();
  // A request that was refused before it wrote anything leaves nobody to wait.
  settled.promise.catch(() => {});
  let tableWrites = 0;

  const answer = await new Promise<Wire>((resolve, reject) => {
    const guarded = guardedStore(store, request, {
      fail: (error) => {
        reject(error);
        settled.reject(error);
      },
      onTableWritten: () => {
        tableWrites += 1;
        if (tableWrites === TABLE_WRITES) settled.resolve();
      },
    });
    run(guarded, request, (error, output = {}) => {
      if (error !== null && error !== undefined) reject(refusalOf(error, input));
      // As it is now: dynalite changes the table that it answered with.
      else resolve(CHANGES_TABLES.has(name) ? structuredClone(output) : output);
    });
  });
  if (CHANGES_TABLES.has(name)) await settled.promise;
  return answer;
}

function check(store: DynaliteStore, name: ActionName, input: Wire): ReturnType<typeof prepare> {
  try {
    return prepare(store, name, input);
  } catch (error) {
    throw refusalOf(error, input);
  }
}

/** dynalite's refusals carry the status and body of the answer; anything else is a fault. */
function refusalOf(error: unknown, input: Wire): unknown {
  if (!(error instanceof Error && 'statusCode' in error && 'body' in error)) return error;
  const body: { __type?: string; message?: string; Message?: string } = Object(error.body);
  const code = body.__type?.split('#').at(-1) ?? 'InternalServerError';
  let message = body.message ?? body.Message ?? '';
  if (code === 'ResourceInUseException' && message === '') {
    message = `Table already exists: ${String(input['TableName'])}`;
  }
  const item = writing.getStore()?.existing;
  const wantsItem =
    code === 'ConditionalCheckFailedException' &&
    input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' &&
    item !== undefined;
  return new AwsError(code, message, Number(error.statusCode), wantsItem ? { Item: item } : {});
}
