import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { LAMBDA_VALIDATION } from '../errors.ts';
import { findUnqualified } from '../function-name.ts';
import type { LambdaCore } from './lambda-core.ts';
import { functionName, tags } from './schemas.ts';

const FUNCTIONS_ONLY =
  'Tags on function aliases and versions are not supported. Please specify either a function name or an unqualified function ARN.';

const tagSchema = z.strictObject({ Resource: functionName, Tags: tags });

export function tagResource(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'TagResource', tagSchema, async (input) => {
    const record = findUnqualified(core.cloud, core.store, input.Resource, FUNCTIONS_ONLY);
    core.store.put({ ...record, tags: { ...record.tags, ...input.Tags } });
    return {};
  });
}

const untagSchema = z.strictObject({ Resource: functionName, TagKeys: z.array(z.string()) });

export function untagResource(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'UntagResource', untagSchema, async (input) => {
    const record = findUnqualified(core.cloud, core.store, input.Resource, FUNCTIONS_ONLY);
    const kept = Object.entries(record.tags).filter(([key]) => !input.TagKeys.includes(key));
    core.store.put({ ...record, tags: Object.fromEntries(kept) });
    return {};
  });
}

const listSchema = z.strictObject({ Resource: functionName });

export function listTags(core: LambdaCore) {
  return validatedOperation(LAMBDA_VALIDATION, 'ListTags', listSchema, async (input) => ({
    Tags: findUnqualified(core.cloud, core.store, input.Resource, FUNCTIONS_ONLY).tags,
  }));
}
