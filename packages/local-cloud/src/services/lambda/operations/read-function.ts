import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { invalidParameter, LAMBDA_VALIDATION } from '../errors.ts';
import { findFunction } from '../function-name.ts';
import type { FunctionRecord } from '../function-record.ts';
import {
  functionConfiguration,
  listedConfiguration,
  qualifiedConfiguration,
} from './function-configuration.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName, pageSize, qualifier } from './schemas.ts';

/** AWS gives at most 50 functions a page, whatever is asked for. */
const MAXIMUM_PAGE = 50;

const oneFunction = z.strictObject({ FunctionName: functionName, Qualifier: qualifier });

export function getFunction(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'GetFunction', oneFunction, async (input) => {
    const record = findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier);
    // A version has the function's.
    const { tags, reservedConcurrency } = core.store.get(record.name) ?? record;
    return {
      Configuration: shown(record, input),
      // Code.Location, AWS's presigned URL of the zip, is left out: only the unpacked code is kept.
      Code: { RepositoryType: 'S3' },
      ...(Object.keys(tags).length === 0 ? {} : { Tags: tags }),
      ...(reservedConcurrency === undefined
        ? {}
        : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
    };
  });
}

export function getFunctionConfiguration(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'GetFunctionConfiguration', oneFunction, async (input) =>
    shown(findFunction(core.cloud, core.store, input.FunctionName, input.Qualifier), input),
  );
}

function shown(record: FunctionRecord, { Qualifier }: { Qualifier?: string | undefined }) {
  return Qualifier === undefined ? functionConfiguration(record) : qualifiedConfiguration(record);
}

const listSchema = z.strictObject({
  Marker: z.string().optional(),
  MaxItems: pageSize,
  /** The published versions of each function too. */
  FunctionVersion: z.literal('ALL').optional(),
});

/** A page counts functions, not versions. The marker is the name of the last function of the page before. */
export function listFunctions(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'ListFunctions', listSchema, async (input) => {
    const after = input.Marker === undefined ? '' : decodeMarker(input.Marker);
    const limit = Math.min(input.MaxItems ?? MAXIMUM_PAGE, MAXIMUM_PAGE);
    const rest = core.store.list().filter((record) => record.name > after);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    return {
      Functions:
        input.FunctionVersion === undefined
          ? page.map(functionConfiguration)
          : page.flatMap((latest) =>
              [latest, ...core.store.versions.list(latest.name)].map(listedConfiguration),
            ),
      ...(rest.length > page.length && last !== undefined
        ? { NextMarker: Buffer.from(last.name).toString('base64url') }
        : {}),
    };
  });
}

function decodeMarker(marker: string): string {
  const name = Buffer.from(marker, 'base64url').toString('utf8');
  if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name))
    throw invalidParameter(`The marker '${marker}' is not one of ListFunctions.`);
  return name;
}
