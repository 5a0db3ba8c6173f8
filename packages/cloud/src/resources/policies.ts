import type { AppNames } from '../names.ts';

/** Who may wear the function's role: Lambda, nobody else. */
export const TRUST_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/**
 * What the function may do, and nothing more: read inputs below the tool's prefix, write outputs and parts below it, write its own log.
 * ListBucket is there because without it S3 answers a missing object with 403 instead of 404, which the handler could not tell from a
 * wrong policy.
 */
export function functionPolicy(names: AppNames, partition: string, keyPrefix: string): object {
  const bucketArn = (bucket: string): string => `arn:${partition}:s3:::${bucket}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadInputs',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: `${bucketArn(names.inputBucket)}/${keyPrefix}*`,
      },
      {
        Sid: 'SeeMissingInputs',
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: bucketArn(names.inputBucket),
      },
      {
        Sid: 'WriteOutputs',
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: `${bucketArn(names.outputBucket)}/${keyPrefix}*`,
      },
      {
        Sid: 'WriteLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: `${names.logGroupArn}:*`,
      },
    ],
  };
}

/** IAM gives documents URL-encoded; an emulator may give them plain. */
export function parsePolicyDocument(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text));
  } catch {
    return undefined;
  }
}
