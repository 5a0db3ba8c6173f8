import type { AppDeclaration } from './declaration/app.ts';
import type { BucketDeclaration } from './declaration/bucket.ts';
import { CloudUsageError } from './errors.ts';

/** Who we are on a target, as STS says it. */
export interface Identity {
  readonly accountId: string;
  /** `aws`, `aws-cn`, ... */
  readonly partition: string;
  readonly region: string;
}

/** A function or a state machine. */
export interface LoggingNames {
  readonly name: string;
  readonly arn: string;
  readonly logGroup: string;
}

export interface RoleNames {
  readonly arn: string;
  /** undefined where an existing role is used. */
  readonly ownName: string | undefined;
}

type Keys<Section> = keyof NonNullable<Section> & string;

/** Every name and ARN of an app on a target; none is looked up, so that a plan can print them before anything exists. */
export interface AppNames<D extends AppDeclaration = AppDeclaration> {
  readonly buckets: Readonly<Record<Keys<D['buckets']>, string>>;
  readonly tables: Readonly<Record<Keys<D['tables']>, { readonly name: string; readonly arn: string }>>;
  readonly functions: Readonly<Record<Keys<D['functions']>, LoggingNames>>;
  readonly stateMachines: Readonly<Record<Keys<D['stateMachines']>, LoggingNames>>;
  /** HTTP and REST APIs. Their ids are AWS's choice, so URLs are known only after a deploy. */
  readonly apis: Readonly<Record<string, string>>;
  readonly notifications: Readonly<Record<string, string>>;
  /** What the functions wear. */
  readonly functionRole: RoleNames;
  /** What the state machines wear. */
  readonly stateMachineRole: RoleNames;
}

/** As AWS limits them. */
const MAX_LENGTHS = { bucket: 63, table: 255, function: 64, 'state machine': 80, role: 64 } as const;

/** Bucket names are world-wide: account and region keep two people, and one person's two regions, apart. */
export function namesOf<D extends AppDeclaration>(declaration: D, identity: Identity): AppNames<D>;
export function namesOf(declaration: AppDeclaration, identity: Identity): AppNames {
  const { accountId, partition, region } = identity;
  const stem = `${declaration.prefix}-${declaration.app}`;
  const nameOf = (key: string): string => (key === 'main' ? stem : `${stem}-${key}`);
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;

  const bucketName = (key: string, bucket: BucketDeclaration): string =>
    bucket.kind === 'existing' ? bucket.name : `${nameOf(bucket.nameSuffix ?? key)}-${accountId}-${region}`;
  const role = (ownName: string): RoleNames => {
    if (declaration.role.kind === 'own')
      return { arn: `arn:${partition}:iam::${accountId}:role/${short('role', ownName)}`, ownName };
    const { nameOrArn } = declaration.role;
    const existing = nameOrArn.startsWith('arn:')
      ? nameOrArn
      : `arn:${partition}:iam::${accountId}:role/${nameOrArn}`;
    return { arn: existing, ownName: undefined };
  };
  const buckets = mapRecord(declaration.buckets, (key, bucket) => short('bucket', bucketName(key, bucket)));
  checkDistinct(declaration, buckets);
  return {
    buckets,
    tables: mapRecord(declaration.tables, (key) => {
      const name = short('table', nameOf(key));
      return { name, arn: arn('dynamodb', `table/${name}`) };
    }),
    functions: mapRecord(declaration.functions, (key) => {
      const name = short('function', nameOf(key));
      return { name, arn: arn('lambda', `function:${name}`), logGroup: `/aws/lambda/${name}` };
    }),
    stateMachines: mapRecord(declaration.stateMachines, (key) => {
      const name = short('state machine', nameOf(key));
      // AWS grants itself the right to write to groups of this prefix without one entry each in a policy that has an end.
      return { name, arn: arn('states', `stateMachine:${name}`), logGroup: `/aws/vendedlogs/states/${name}` };
    }),
    apis: mapRecord({ ...declaration.httpApis, ...declaration.restApis }, nameOf),
    notifications: mapRecord(declaration.notifications, nameOf),
    functionRole: role(`${stem}-${region}`),
    stateMachineRole: role(`${stem}-states-${region}`),
  };
}

function mapRecord<V, R>(
  record: Readonly<Record<string, V>> | undefined,
  map: (key: string, value: V) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, map(key, value)]));
}

function short(kind: keyof typeof MAX_LENGTHS, name: string): string {
  if (name.length <= MAX_LENGTHS[kind]) return name;
  const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  throw new CloudUsageError(
    `${title} name ${name}: expected at most ${MAX_LENGTHS[kind]} characters, it has ${name.length}. Use a shorter --prefix.`,
  );
}

function checkDistinct(declaration: AppDeclaration, buckets: Readonly<Record<string, string>>): void {
  const called = (key: string): string => {
    const bucket = declaration.buckets?.[key];
    return bucket?.kind === 'existing' ? bucket.flag : `bucket ${key}`;
  };
  const keyOf = new Map<string, string>();
  for (const [key, name] of Object.entries(buckets)) {
    const other = keyOf.get(name);
    if (other !== undefined) {
      throw new CloudUsageError(
        `${called(other)} and ${called(key)} are both ${name}: expected two buckets, because what is written to one would arrive in the other as well.`,
      );
    }
    keyOf.set(name, key);
  }
}
