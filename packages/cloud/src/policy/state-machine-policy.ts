import type { AppDeclaration } from '../declaration/app.ts';
import { CloudUsageError } from '../errors.ts';
import type { AppNames, Identity } from '../names.ts';
import { fillIn } from '../references.ts';
import { allow, type PolicyDocument, policyOf, type Statement } from './document.ts';
import { type TaskState, taskStates } from './task-states.ts';

/** What Step Functions does for itself when it sends a machine's log; AWS knows no resources for these actions. */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

/**
 * What an app's state machines may do: exactly what the tasks of their definitions call, and to have their logs delivered.
 *
 * @throws CloudUsageError for a task that calls something else than a resource of the app.
 */
export function stateMachinePolicy(
  declaration: AppDeclaration,
  names: AppNames,
  identity: Identity,
): PolicyDocument {
  const calls = Object.entries(declaration.stateMachines ?? {}).flatMap(([machine, { definition }]) =>
    [...taskStates(fillIn(definition, names))].flatMap((task) =>
      statementsOf(task, { machine, names, identity }),
    ),
  );
  const isLogged = Object.values(declaration.stateMachines ?? {}).some(({ logLevel }) => logLevel !== 'OFF');
  return policyOf([...calls, ...(isLogged ? [allow(LOG_DELIVERY, '*')] : [])]);
}

interface Context {
  readonly machine: string;
  readonly names: AppNames;
  readonly identity: Identity;
}

function statementsOf(task: TaskState, context: Context): readonly Statement[] {
  const { names, identity } = context;
  const functionArns = Object.values(names.functions).map(({ arn }) => arn);
  const integration = /^arn:[^:]+:states:::(.+)$/.exec(task.resource)?.[1];
  if (integration === undefined) {
    return [
      allow(
        'lambda:InvokeFunction',
        oneOf(functionArns, 'functions', task.resource, 'Resource', task, context),
      ),
    ];
  }
  if (integration === 'lambda:invoke') {
    return [
      allow('lambda:InvokeFunction', argument('FunctionName', functionArns, 'functions', task, context)),
    ];
  }
  const dynamodb = /^(?:aws-sdk:)?dynamodb:(\w+)$/.exec(integration)?.[1];
  if (dynamodb !== undefined) {
    const known = Object.values(names.tables).map(({ name }) => name);
    const table = argument('TableName', known, 'tables', task, context);
    const arn = `arn:${identity.partition}:dynamodb:${identity.region}:${identity.accountId}:table/${table}`;
    const reads = dynamodb === 'query' || dynamodb === 'scan';
    return [allow(`dynamodb:${capitalised(dynamodb)}`, reads ? [arn, `${arn}/index/*`] : arn)];
  }
  const s3 = /^aws-sdk:s3:(\w+)$/.exec(integration)?.[1];
  if (s3 !== undefined) {
    const bucket = argument('Bucket', Object.values(names.buckets), 'buckets', task, context);
    return objectStatements(s3, `arn:${identity.partition}:s3:::${bucket}`, task, context);
  }
  const start = /^states:startExecution(\.sync(?::2)?)?$/.exec(integration);
  if (start !== null) {
    const arns = Object.values(names.stateMachines).map((machine) => machine.arn);
    const arn = argument('StateMachineArn', arns, 'stateMachines', task, context);
    return [allow('states:StartExecution', arn), ...(start[1] === undefined ? [] : waiting(arn, identity))];
  }
  throw new CloudUsageError(
    `State machine ${context.machine}, state ${task.name}: ${task.resource}: expected a function, lambda:invoke, dynamodb, aws-sdk:s3 or states:startExecution; ` +
      'what a role must allow for any other integration is not known here.',
  );
}

/** Execution ARNs have the machine's name where its own says `stateMachine`. The rule is how Step Functions hears of the end. */
function waiting(arn: string, { partition, region, accountId }: Identity): readonly Statement[] {
  return [
    allow(
      ['states:DescribeExecution', 'states:StopExecution'],
      `${arn.replace(':stateMachine:', ':execution:')}:*`,
    ),
    allow(
      ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      `arn:${partition}:events:${region}:${accountId}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`,
    ),
  ];
}

/** IAM's action where it is not called as the operation is. */
const objectActions: Readonly<Record<string, string>> = {
  getObject: 's3:GetObject',
  headObject: 's3:GetObject',
  putObject: 's3:PutObject',
  deleteObject: 's3:DeleteObject',
};

function objectStatements(
  operation: string,
  bucketArn: string,
  task: TaskState,
  { machine }: Context,
): readonly Statement[] {
  if (operation === 'listObjectsV2') return [allow('s3:ListBucket', bucketArn)];
  const action = objectActions[operation];
  if (action !== undefined) return [allow(action, `${bucketArn}/*`)];
  throw new CloudUsageError(
    `State machine ${machine}, state ${task.name}: ${task.resource}: expected one of ${Object.keys(objectActions).join(', ')}, listObjectsV2.`,
  );
}

function argument(
  name: string,
  known: readonly string[],
  section: string,
  task: TaskState,
  context: Context,
): string {
  return oneOf(known, section, task.input[name], name, task, context);
}

/** A role is written before anything runs, so what a task calls must stand in the definition. */
function oneOf(
  known: readonly string[],
  section: string,
  value: unknown,
  member: string,
  task: TaskState,
  { machine }: Context,
): string {
  if (typeof value === 'string' && known.includes(value)) return value;
  throw new CloudUsageError(
    `State machine ${machine}, state ${task.name}: ${member} is ${JSON.stringify(value) ?? 'not there'}: expected "\${${section}.KEY}" with a key of the declaration.`,
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
