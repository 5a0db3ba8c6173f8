import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { type Caller, type CloudClients, identify, isSdkError, namesOf } from '@skyground/cloud';
import type { ImageProcessorDeclaration, ImageProcessorNames } from '@skyground/image-processor';
import type { PermissionAnswers } from './answers.ts';

interface Question {
  readonly actions: readonly string[];
  readonly resource: string;
}

/** Nothing is known of them, and why. */
const unknown = (why: string): PermissionAnswers => ({ allowed: 0, denied: [], notAsked: `writes (${why})` });

/** Asks IAM whether the caller might do what deploy, upload and clean do. Nothing is done. */
export async function simulateWrites(
  declaration: ImageProcessorDeclaration,
  clients: CloudClients,
  signal: AbortSignal,
): Promise<PermissionAnswers> {
  const caller = await identify(clients, signal);
  const PolicySourceArn = principalOf(caller);
  if (PolicySourceArn === undefined) return unknown(`IAM cannot simulate for ${caller.arn}`);
  const questions = questionsOf(declaration, namesOf(declaration, caller), caller);
  try {
    const answers = await Promise.all(
      questions.map(async ({ actions, resource }) => {
        const { EvaluationResults = [] } = await clients.iam.send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn,
            ActionNames: [...actions],
            ResourceArns: [resource],
          }),
          { abortSignal: signal },
        );
        return EvaluationResults.map(({ EvalActionName: action = '', EvalDecision }) => ({
          action,
          resource,
          isAllowed: EvalDecision === 'allowed',
        }));
      }),
    );
    const all = answers.flat();
    return {
      allowed: all.filter(({ isAllowed }) => isAllowed).length,
      denied: all.filter(({ isAllowed }) => !isAllowed).map(({ action, resource }) => ({ action, resource })),
      notAsked: undefined,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (isSdkError(error, ['AccessDenied', 'AccessDeniedException'], 403))
      return unknown('iam:SimulatePrincipalPolicy is denied');
    return unknown(`iam:SimulatePrincipalPolicy answered ${error instanceof Error ? error.name : 'nothing'}`);
  }
}

/** A session of a role is asked about as the role. Root and federated callers have no policies that IAM could simulate. */
function principalOf({ arn, accountId, partition }: Caller): string | undefined {
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  if (role !== undefined) return `arn:${partition}:iam::${accountId}:role/${role}`;
  return /:(user|role)\//.test(arn) ? arn : undefined;
}

function questionsOf(
  { role, functions }: ImageProcessorDeclaration,
  names: ImageProcessorNames,
  { partition, region, accountId }: Caller,
): readonly Question[] {
  const { arn, logGroup } = names.functions.main;
  const buckets = Object.values(names.buckets).flatMap((bucket): Question[] => [
    {
      actions: ['s3:CreateBucket', 's3:PutBucketTagging', 's3:PutBucketNotification', 's3:ListBucket'],
      resource: `arn:${partition}:s3:::${bucket}`,
    },
    {
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      resource: `arn:${partition}:s3:::${bucket}/skyground-0`,
    },
  ]);
  const reserved = functions.main.reservedConcurrency === undefined ? [] : ['lambda:PutFunctionConcurrency'];
  const makesRole = role.kind === 'own' ? ['iam:CreateRole', 'iam:PutRolePolicy'] : [];
  return [
    ...buckets,
    {
      actions: [
        'lambda:CreateFunction',
        'lambda:UpdateFunctionCode',
        'lambda:UpdateFunctionConfiguration',
        'lambda:AddPermission',
        ...reserved,
      ],
      resource: arn,
    },
    {
      actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
      resource: `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}:*`,
    },
    { actions: [...makesRole, 'iam:PassRole'], resource: names.functionRole.arn },
  ];
}
