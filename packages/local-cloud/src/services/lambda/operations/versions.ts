import { z } from 'zod';
import { transaction } from '../../../storage/transaction.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { invalidParameter, LAMBDA_VALIDATION, preconditionFailed } from '../errors.ts';
import { findUnqualified } from '../function-name.ts';
import type { FunctionRecord } from '../function-record.ts';
import { listedConfiguration, qualifiedConfiguration } from './function-configuration.ts';
import type { LambdaCore } from './lambda-core.ts';
import { configuration, functionName, pageSize, revisionId } from './schemas.ts';

const MAXIMUM_PAGE = 50;

const publishSchema = z.strictObject({
  FunctionName: functionName,
  CodeSha256: z.string().optional(),
  Description: configuration.Description.optional(),
  RevisionId: revisionId,
});

export function publishVersion(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'PublishVersion', publishSchema, async (input) => {
    const latest = findUnqualified(core.cloud, core.store, input.FunctionName);
    if (input.CodeSha256 !== undefined && input.CodeSha256 !== '' && input.CodeSha256 !== latest.codeSha256) {
      throw invalidParameter(
        `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.codeSha256}). ` +
          'Please try again with the CodeSHA256 in $LATEST.',
      );
    }
    if (input.RevisionId !== undefined && input.RevisionId !== latest.revisionId) throw preconditionFailed();
    return qualifiedConfiguration(publish(core, latest, input.Description));
  });
}

/** A version of what the function is now. Publishing changes the function's own revision too. */
export function publish(core: LambdaCore, latest: FunctionRecord, description?: string): FunctionRecord {
  return transaction(core.cloud.database, () => {
    const version = core.store.versions.publish(latest, description ?? latest.description);
    core.store.put(latest);
    return version;
  });
}

const listSchema = z.strictObject({
  FunctionName: functionName,
  Marker: z.string().optional(),
  MaxItems: pageSize,
});

/** $LATEST, then the published ones by number. The marker is the version that the page before ended with. */
export function listVersionsByFunction(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'ListVersionsByFunction', listSchema, async (input) => {
    const latest = findUnqualified(core.cloud, core.store, input.FunctionName);
    const all = [latest, ...core.store.versions.list(latest.name)];
    const start = input.Marker === undefined ? 0 : startAfter(all, input.Marker);
    const page = all.slice(start, start + Math.min(input.MaxItems ?? MAXIMUM_PAGE, MAXIMUM_PAGE));
    const last = page.at(-1);
    const isMore = start + page.length < all.length;
    return {
      Versions: page.map(listedConfiguration),
      ...(isMore && last !== undefined ? { NextMarker: last.version } : {}),
    };
  });
}

/** A version that was deleted since still has its place among the numbers. */
function startAfter(all: readonly FunctionRecord[], marker: string): number {
  if (!/^(?:\$LATEST|\d{1,15})$/.test(marker)) {
    throw invalidParameter(`The marker '${marker}' is not one of ListVersionsByFunction.`);
  }
  const number = marker === '$LATEST' ? 0 : Number(marker);
  const next = all.findIndex(({ version }) => Number(version) > number);
  return next === -1 ? all.length : next;
}
