import type {
  CreateRoleCommandOutput,
  GetRoleCommandOutput,
  ListRolesCommandOutput,
  ListRoleTagsCommandOutput,
  Role as WireRole,
} from '@aws-sdk/client-iam';
import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { IAM_VALIDATION } from './errors.ts';
import { page, pageMembers } from './page.ts';
import { checkTrustPolicy, encodeDocument } from './policy-document.ts';
import type { Role, Roles, Tag } from './roles.ts';

export const RoleName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w+=,.@-]+$/);
const Path = z
  .string()
  .max(512)
  .regex(/^\/([\u0021-\u007e]+\/)?$/);
const PathPrefix = z
  .string()
  .max(512)
  .regex(/^\/[\u0021-\u007e]*$/)
  .default('/');
const TagKey = z.string().min(1).max(128);
const Tags = z.array(z.strictObject({ Key: TagKey, Value: z.string().max(256) })).max(50);

export function roleOperations(roles: Roles) {
  const wire = (role: Role): WireRole => ({
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: roles.arn(role),
    CreateDate: new Date(role.createdMs),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    ...(role.description !== undefined && { Description: role.description }),
    MaxSessionDuration: role.maxSessionS,
  });
  const withTags = (role: Role): WireRole => {
    const tags = roles.tags(role.name);
    return { ...wire(role), ...(tags.length > 0 && { Tags: tags }) };
  };

  return {
    CreateRole: validatedOperation(
      IAM_VALIDATION,
      'CreateRole',
      z.strictObject({
        RoleName,
        Path: Path.default('/'),
        AssumeRolePolicyDocument: z.string().min(1),
        Description: z.string().max(1000).optional(),
        MaxSessionDuration: z.number().int().min(3600).max(43_200).default(3600),
        Tags: Tags.default([]),
      }),
      (input): Output<CreateRoleCommandOutput> => {
        checkTrustPolicy(input.AssumeRolePolicyDocument);
        checkTags(input.Tags);
        const role = roles.create(
          {
            name: input.RoleName,
            path: input.Path,
            trustPolicy: input.AssumeRolePolicyDocument,
            description: input.Description,
            maxSessionS: input.MaxSessionDuration,
          },
          input.Tags,
        );
        return { Role: withTags(role) };
      },
    ),

    GetRole: validatedOperation(
      IAM_VALIDATION,
      'GetRole',
      z.strictObject({ RoleName }),
      (input): Output<GetRoleCommandOutput> => ({ Role: withTags(roles.get(input.RoleName)) }),
    ),

    DeleteRole: validatedOperation(IAM_VALIDATION, 'DeleteRole', z.strictObject({ RoleName }), (input) =>
      roles.delete(input.RoleName),
    ),

    // As on AWS, a list leaves out the tags.
    ListRoles: validatedOperation(
      IAM_VALIDATION,
      'ListRoles',
      z.strictObject({ PathPrefix, ...pageMembers }),
      (input): Output<ListRolesCommandOutput> => {
        const { items, ...paging } = page(roles.list(input.PathPrefix), (role) => role.name, input);
        return { Roles: items.map(wire), ...paging };
      },
    ),

    UpdateAssumeRolePolicy: validatedOperation(
      IAM_VALIDATION,
      'UpdateAssumeRolePolicy',
      z.strictObject({ RoleName, PolicyDocument: z.string().min(1) }),
      (input) => {
        checkTrustPolicy(input.PolicyDocument);
        roles.setTrustPolicy(input.RoleName, input.PolicyDocument);
      },
    ),

    TagRole: validatedOperation(IAM_VALIDATION, 'TagRole', z.strictObject({ RoleName, Tags }), (input) => {
      checkTags(input.Tags);
      roles.tag(input.RoleName, input.Tags);
    }),

    UntagRole: validatedOperation(
      IAM_VALIDATION,
      'UntagRole',
      z.strictObject({ RoleName, TagKeys: z.array(TagKey).max(50) }),
      (input) => roles.untag(input.RoleName, input.TagKeys),
    ),

    ListRoleTags: validatedOperation(
      IAM_VALIDATION,
      'ListRoleTags',
      z.strictObject({ RoleName, ...pageMembers }),
      (input): Output<ListRoleTagsCommandOutput> => {
        const { items, ...paging } = page(roles.tags(input.RoleName), (tag) => tag.Key, input);
        return { Tags: items, ...paging };
      },
    ),
  } satisfies Record<string, Operation>;
}

function checkTags(tags: readonly Tag[]): void {
  const keys = new Set(tags.map((tag) => tag.Key.toLowerCase()));
  if (keys.size < tags.length) {
    throw new AwsError(
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      400,
    );
  }
}
