import type { ListTagsForResourceCommandOutput } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { Operation } from '../../server/service.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { resourceNotFound, STATES_VALIDATION, tooManyTags } from './errors.ts';
import { arn, tags } from './input-members.ts';
import type { Tag } from './state-machines.ts';
import type { StatesCore } from './states-core.ts';

export const MAXIMUM_TAGS = 50;

export function tagOperations({ arns, machines }: StatesCore) {
  function tagged(resourceArn: string): { name: string; tags: readonly Tag[] } {
    const name = arns.parseMachine(resourceArn, resourceNotFound);
    const found = machines.tags(name);
    if (found === undefined) throw resourceNotFound(resourceArn);
    return { name, tags: found };
  }

  return {
    TagResource: validatedOperation(
      STATES_VALIDATION,
      'TagResource',
      z.strictObject({ resourceArn: arn, tags }),
      (input): void => {
        const { name, tags } = tagged(input.resourceArn);
        const merged = withoutRepeats([...tags, ...input.tags]);
        if (merged.length > MAXIMUM_TAGS) throw tooManyTags(input.resourceArn);
        machines.setTags(name, merged);
      },
    ),

    UntagResource: validatedOperation(
      STATES_VALIDATION,
      'UntagResource',
      z.strictObject({ resourceArn: arn, tagKeys: z.array(z.string().min(1).max(128)).max(200) }),
      (input): void => {
        const { name, tags } = tagged(input.resourceArn);
        machines.setTags(
          name,
          tags.filter(({ key }) => !input.tagKeys.includes(key)),
        );
      },
    ),

    ListTagsForResource: validatedOperation(
      STATES_VALIDATION,
      'ListTagsForResource',
      z.strictObject({ resourceArn: arn }),
      (input): Output<ListTagsForResourceCommandOutput> => ({ tags: [...tagged(input.resourceArn).tags] }),
    ),
  } satisfies Record<string, Operation>;
}

/** The last of several tags with one key is the one that counts. */
export function withoutRepeats(tags: readonly Tag[]): Tag[] {
  return [...new Map(tags.map((tag) => [tag.key, tag])).values()];
}
