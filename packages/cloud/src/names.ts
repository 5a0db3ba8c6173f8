import type { AppDeclaration } from './declaration.ts';
import { CloudUsageError } from './errors.ts';

/** Who we are on a target, as STS says it. */
export interface Identity {
  readonly accountId: string;
  /** `aws`, `aws-cn`, ... */
  readonly partition: string;
  readonly region: string;
}

/** Every name and ARN of an app on a target; none is looked up, so that a plan can print them before anything exists. */
export interface AppNames {
  readonly inputBucket: string;
  readonly outputBucket: string;
  readonly functionName: string;
  readonly functionArn: string;
  /** undefined where an existing role is used. */
  readonly ownRoleName: string | undefined;
  readonly roleArn: string;
  readonly logGroup: string;
  readonly logGroupArn: string;
  readonly permissionId: string;
  readonly notificationId: string;
}

const MAX_BUCKET_NAME_LENGTH = 63;

/** Bucket names are world-wide: account and region keep two people, and one person's two regions, apart. */
export function namesOf(declaration: AppDeclaration, identity: Identity): AppNames {
  const { accountId, partition, region } = identity;
  const stem = `${declaration.prefix}-${declaration.app}`;
  const logGroup = `/aws/lambda/${stem}`;
  const inputBucket = bucketName(declaration.inputBucket, `${stem}-in-${accountId}-${region}`);
  const outputBucket = bucketName(declaration.outputBucket, `${stem}-out-${accountId}-${region}`);
  if (inputBucket === outputBucket) {
    throw new CloudUsageError(
      `--input-bucket and --output-bucket are both ${inputBucket}: expected two buckets, because an output that is written where inputs arrive would start the function again.`,
    );
  }
  const ownRoleName = declaration.role.kind === 'own' ? `${stem}-${region}` : undefined;
  return {
    inputBucket,
    outputBucket,
    functionName: stem,
    functionArn: `arn:${partition}:lambda:${region}:${accountId}:function:${stem}`,
    ownRoleName,
    roleArn: roleArn(declaration, identity, ownRoleName),
    logGroup,
    logGroupArn: `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}`,
    permissionId: `${stem}-s3`,
    notificationId: stem,
  };
}

function bucketName(choice: AppDeclaration['inputBucket'], own: string): string {
  const name = choice.kind === 'own' ? own : choice.name;
  if (name.length > MAX_BUCKET_NAME_LENGTH) {
    throw new CloudUsageError(
      `Bucket name ${name}: expected at most ${MAX_BUCKET_NAME_LENGTH} characters, it has ${name.length}. Use a shorter --prefix.`,
    );
  }
  return name;
}

function roleArn(declaration: AppDeclaration, identity: Identity, ownRoleName: string | undefined): string {
  const name = declaration.role.kind === 'own' ? ownRoleName : declaration.role.nameOrArn;
  return name?.startsWith('arn:')
    ? name
    : `arn:${identity.partition}:iam::${identity.accountId}:role/${name}`;
}

/** The tags that make a resource ours. */
export function tagsOf(declaration: AppDeclaration): Readonly<Record<string, string>> {
  return { 'skyground:app': declaration.app, 'skyground:prefix': declaration.prefix };
}

/** Whether a resource's tags include all of ours. */
export function carriesTags(
  found: Readonly<Record<string, string | undefined>>,
  ours: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(ours).every(([key, value]) => found[key] === value);
}

/** Tags as text, for messages. */
export function tagText(found: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(found).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? 'it has no tags' : `its tags: ${pairs.join(', ')}`;
}
