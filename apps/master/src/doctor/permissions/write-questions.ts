import type { ContextEntry } from '@aws-sdk/client-iam';
import type { Caller } from '@skyground/cloud';
import type { ImageProcessorDeclaration, ImageProcessorNames } from '@skyground/image-processor';

interface Question {
  readonly actions: readonly string[];
  readonly resource: string;
  /** What a policy's conditions may ask for; without it they would count as not met. */
  readonly context?: ContextEntry;
}

/** The usual condition of a policy that lets a role be passed. */
const passedToLambda: ContextEntry = {
  ContextKeyName: 'iam:PassedToService',
  ContextKeyType: 'string',
  ContextKeyValues: ['lambda.amazonaws.com'],
};

/** All that deploy, upload and clean of the main job change. */
export function questionsOf(
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
  const roleArn = names.functionRole.arn;
  const madeRole = { actions: ['iam:CreateRole', 'iam:TagRole', 'iam:PutRolePolicy'], resource: roleArn };
  return [
    ...buckets,
    {
      actions: [
        'lambda:CreateFunction',
        'lambda:TagResource',
        'lambda:UpdateFunctionCode',
        'lambda:UpdateFunctionConfiguration',
        'lambda:AddPermission',
        ...reserved,
      ],
      resource: arn,
    },
    {
      actions: ['logs:CreateLogGroup', 'logs:TagResource', 'logs:PutRetentionPolicy'],
      resource: `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}:*`,
    },
    ...(role.kind === 'own' ? [madeRole] : []),
    { actions: ['iam:PassRole'], resource: roleArn, context: passedToLambda },
  ];
}
