import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { HTTP_API_VALIDATION, notFound } from '../errors.ts';
import { tags } from '../state/stage-members.ts';
import { addTags, parseTaggedArn, removeTags, type Tagged } from '../tagged.ts';
import { findHttpApi, type HttpApiCore } from './records.ts';

export function tagOperations(core: HttpApiCore) {
  const tagged = (arn: string): Tagged => {
    const { apiId, stageName } = parseTaggedArn(arn, 'apis');
    const api = findHttpApi(core, apiId);
    if (stageName === undefined) {
      return { tags: api.tags, put: (after) => core.apis.put(apiId, { ...api, tags: after }) };
    }
    const stage = core.stages.get(apiId, stageName);
    if (stage === undefined) throw notFound('Invalid stage identifier specified');
    return { tags: stage.tags, put: (after) => core.stages.put(apiId, stageName, { ...stage, tags: after }) };
  };

  return {
    TagResource: validatedOperation(
      HTTP_API_VALIDATION,
      'TagResource',
      z.strictObject({ ResourceArn: z.string(), Tags: tags }),
      (input): void => addTags(tagged(input.ResourceArn), input.Tags),
    ),

    UntagResource: validatedOperation(
      HTTP_API_VALIDATION,
      'UntagResource',
      z.strictObject({ ResourceArn: z.string(), TagKeys: z.array(z.string()) }),
      (input): void => removeTags(tagged(input.ResourceArn), input.TagKeys),
    ),

    GetTags: validatedOperation(
      HTTP_API_VALIDATION,
      'GetTags',
      z.strictObject({ ResourceArn: z.string() }),
      (input) => ({ Tags: { ...tagged(input.ResourceArn).tags } }),
    ),
  };
}
