import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { notFound, REST_API_VALIDATION } from '../errors.ts';
import { tags } from '../state/stage-members.ts';
import { addTags, parseTaggedArn, removeTags, type Tagged } from '../tagged.ts';
import { findRestApi, type RestApiCore } from './records.ts';

export function tagOperations(core: RestApiCore) {
  const tagged = (arn: string): Tagged => {
    const { apiId, stageName } = parseTaggedArn(arn, 'restapis');
    const api = findRestApi(core, apiId);
    if (stageName === undefined) {
      return { tags: api.tags, put: (after) => core.apis.put(apiId, { ...api, tags: after }) };
    }
    const stage = core.stages.get(apiId, stageName);
    if (stage === undefined) throw notFound('Invalid stage identifier specified');
    return { tags: stage.tags, put: (after) => core.stages.put(apiId, stageName, { ...stage, tags: after }) };
  };

  return {
    TagResource: validatedOperation(
      REST_API_VALIDATION,
      'TagResource',
      z.strictObject({ resourceArn: z.string(), tags }),
      (input): void => addTags(tagged(input.resourceArn), input.tags),
    ),

    UntagResource: validatedOperation(
      REST_API_VALIDATION,
      'UntagResource',
      z.strictObject({ resourceArn: z.string(), tagKeys: z.array(z.string()) }),
      (input): void => removeTags(tagged(input.resourceArn), input.tagKeys),
    ),

    GetTags: validatedOperation(
      REST_API_VALIDATION,
      'GetTags',
      z.strictObject({ resourceArn: z.string() }),
      (input) => ({ tags: { ...tagged(input.resourceArn).tags } }),
    ),
  };
}
