import type {
  GetRolePolicyCommandOutput,
  ListAttachedRolePoliciesCommandOutput,
  ListRolePoliciesCommandOutput,
} from '@aws-sdk/client-iam';
import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { IAM_VALIDATION } from './errors.ts';
import { page, pageMembers } from './page.ts';
import { checkPermissionPolicy, encodeDocument } from './policy-document.ts';
import { RoleName } from './role-operations.ts';
import type { RolePolicies } from './role-policies.ts';

const PolicyName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]+$/);
const PolicyArn = z.string().min(20).max(2048);

export function policyOperations(policies: RolePolicies) {
  return {
    PutRolePolicy: validatedOperation(
      IAM_VALIDATION,
      'PutRolePolicy',
      z.strictObject({ RoleName, PolicyName, PolicyDocument: z.string().min(1) }),
      (input) => {
        checkPermissionPolicy(input.PolicyDocument);
        policies.putInline(input.RoleName, input.PolicyName, input.PolicyDocument);
      },
    ),

    GetRolePolicy: validatedOperation(
      IAM_VALIDATION,
      'GetRolePolicy',
      z.strictObject({ RoleName, PolicyName }),
      (input): Output<GetRolePolicyCommandOutput> => ({
        RoleName: input.RoleName,
        PolicyName: input.PolicyName,
        PolicyDocument: encodeDocument(policies.inline(input.RoleName, input.PolicyName)),
      }),
    ),

    DeleteRolePolicy: validatedOperation(
      IAM_VALIDATION,
      'DeleteRolePolicy',
      z.strictObject({ RoleName, PolicyName }),
      (input) => policies.deleteInline(input.RoleName, input.PolicyName),
    ),

    ListRolePolicies: validatedOperation(
      IAM_VALIDATION,
      'ListRolePolicies',
      z.strictObject({ RoleName, ...pageMembers }),
      (input): Output<ListRolePoliciesCommandOutput> => {
        const { items, ...paging } = page(policies.inlineNames(input.RoleName), (name) => name, input);
        return { PolicyNames: items, ...paging };
      },
    ),

    AttachRolePolicy: validatedOperation(
      IAM_VALIDATION,
      'AttachRolePolicy',
      z.strictObject({ RoleName, PolicyArn }),
      (input) => {
        checkAttachable(input.PolicyArn);
        policies.attach(input.RoleName, input.PolicyArn);
      },
    ),

    DetachRolePolicy: validatedOperation(
      IAM_VALIDATION,
      'DetachRolePolicy',
      z.strictObject({ RoleName, PolicyArn }),
      (input) => policies.detach(input.RoleName, input.PolicyArn),
    ),

    ListAttachedRolePolicies: validatedOperation(
      IAM_VALIDATION,
      'ListAttachedRolePolicies',
      z.strictObject({ RoleName, ...pageMembers }),
      (input): Output<ListAttachedRolePoliciesCommandOutput> => {
        const { items, ...paging } = page(policies.attachedArns(input.RoleName), (arn) => arn, input);
        return {
          AttachedPolicies: items.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn })),
          ...paging,
        };
      },
    ),
  } satisfies Record<string, Operation>;
}

/** Policies of AWS exist by definition (their list is not checked); no customer-managed one can, since CreatePolicy is not implemented. */
function checkAttachable(arn: string): void {
  if (!/^arn:aws:iam::aws:policy\/[\w+=,.@/-]+$/.test(arn)) {
    throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
  }
}
