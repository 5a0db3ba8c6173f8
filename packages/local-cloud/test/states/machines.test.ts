import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { functionArn, machineArn, ROLE, startStates } from './states-fixture.ts';

const PASS = { Only: { Type: 'Pass', End: true } };
const definitionOf = (states: Record<string, unknown>) =>
  JSON.stringify({ StartAt: Object.keys(states)[0], States: states });

describe('a state machine', () => {
  it('is described as it was created', async () => {
    const { client, create } = await startStates();
    const stateMachineArn = await create(PASS);
    expect(stateMachineArn).toBe(machineArn('machine'));
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      stateMachineArn,
      name: 'machine',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: definitionOf(PASS),
      roleArn: ROLE,
      creationDate: expect.any(Date),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
  });

  it('created again with the same words it is the same, with others a conflict', async () => {
    const { client, create } = await startStates();
    const first = await create(PASS, { tags: [{ key: 'a', value: '1' }] });
    // Role and tags are none of what AWS compares; those of the first call stay.
    const other = { roleArn: `${ROLE}-2`, tags: [{ key: 'b', value: '2' }] };
    expect(await create(PASS, other)).toBe(first);
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn: first }));
    expect(described.roleArn).toBe(ROLE);
    await expect(create({ Other: { Type: 'Pass', End: true } })).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${first}'`,
    });
    await expect(create(PASS, { type: 'EXPRESS' })).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
    });
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: first }));
    expect(tags).toEqual([{ key: 'a', value: '1' }]);
  });

  it('has a new revision after an update that changes something, and executions keep theirs', async () => {
    const { client, create, run } = await startStates();
    const stateMachineArn = await create({ Only: { Type: 'Pass', Result: 1, End: true } });
    const before = await run(stateMachineArn);
    const definition = definitionOf({ Only: { Type: 'Pass', Result: 2, End: true } });
    const update = new UpdateStateMachineCommand({ stateMachineArn, definition });
    const updated = await client.send(update);
    expect(updated).toMatchObject({ revisionId: expect.any(String), updateDate: expect.any(Date) });
    expect(await client.send(update)).toMatchObject({ revisionId: updated.revisionId });
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      definition,
      revisionId: updated.revisionId,
    });
    expect(await run(stateMachineArn)).toMatchObject({ output: '2' });
    const { executionArn } = before;
    const old = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(old).toMatchObject({ stateMachineArn, name: 'machine', roleArn: ROLE });
    expect(JSON.parse(old.definition ?? '').States.Only.Result).toBe(1);
    await expect(client.send(new UpdateStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'MissingRequiredParameter',
      message:
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    });
  });

  it('is gone after its deletion with all that it ran; deleting it again is no mistake', async () => {
    const { client, create, start, describe: describeExecution } = await startStates();
    const stateMachineArn = await create({ Long: { Type: 'Wait', Seconds: 3600, End: true } });
    const executionArn = await start(stateMachineArn);
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await expect(client.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${stateMachineArn}'`,
    });
    await expect(start(stateMachineArn)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await expect(describeExecution(executionArn)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    expect(await create(PASS)).toBe(stateMachineArn);
  });

  it('updated while an execution of it is starting takes that execution', async () => {
    const { create, run } = await startStates();
    const StateMachineArn = await create(PASS, { name: 'updated' });
    const call = (action: string, Arguments: object) => ({
      StartAt: action,
      States: {
        [action]: { Type: 'Task', Resource: `arn:aws:states:::aws-sdk:sfn:${action}`, Arguments, End: true },
      },
    });
    // Without a socket between: the update is done before the start is written.
    const Branches = [
      call('startExecution', { StateMachineArn }),
      call('updateStateMachine', { StateMachineArn, Definition: definitionOf({ Other: PASS.Only }) }),
    ];
    const both = { Both: { Type: 'Parallel', Branches, End: true } };
    const machine = await create(both, {}, { QueryLanguage: 'JSONata' });
    expect(await run(machine)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('are listed by name, in pages', async () => {
    const { client, create } = await startStates();
    for (const name of ['c', 'a', 'b']) await create(PASS, { name });
    const first = await client.send(new ListStateMachinesCommand({ maxResults: 2 }));
    expect(first.stateMachines?.map(({ name }) => name)).toEqual(['a', 'b']);
    const { nextToken } = first;
    const second = await client.send(new ListStateMachinesCommand({ maxResults: 2, nextToken }));
    expect(second.stateMachines).toMatchObject([
      { name: 'c', type: 'STANDARD', stateMachineArn: machineArn('c') },
    ]);
    expect(second.nextToken).toBeUndefined();
    await expect(client.send(new ListStateMachinesCommand({ nextToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidToken',
    });
    // As recorded.
    await expect(client.send(new ListStateMachinesCommand({ maxResults: 1001 }))).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    });
  });

  it('carries tags, at most fifty', async () => {
    const { client, create } = await startStates();
    const resourceArn = await create(PASS, { tags: [{ key: 'a', value: '1' }] });
    const list = async () =>
      (await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags?.map(
        ({ key, value }) => `${key}=${value}`,
      );
    const tag = (tags: { key: string; value: string }[]) =>
      client.send(new TagResourceCommand({ resourceArn, tags }));
    await tag([
      { key: 'a', value: '2' },
      { key: 'b', value: '' },
    ]);
    expect(await list()).toEqual(['a=2', 'b=']);
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'none'] }));
    expect(await list()).toEqual(['b=']);
    const fifty = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: '' }));
    await expect(tag(fifty)).rejects.toMatchObject({ name: 'TooManyTags' });
    await expect(
      client.send(new TagResourceCommand({ resourceArn: `${resourceArn}:1`, tags: [] })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFound',
      message: `Resource not found: '${resourceArn}:1'`,
    });
  });
});

describe('CreateStateMachine refuses', () => {
  it.each([
    ['a name with a blank', { name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    ['a name with a wildcard', { name: 'a*' }, 'InvalidName', "Invalid Name: 'a*'"],
    [
      'a name that is too long',
      { name: 'n'.repeat(81) },
      'ValidationException',
      `1 validation error detected: Value '${'n'.repeat(81)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`,
    ],
    ['a role that is none', { roleArn: 'role' }, 'InvalidArn', "Invalid Role Arn: 'role'"],
    [
      'text that is no JSON',
      { definition: 'nothing' },
      'InvalidDefinition',
      expect.stringContaining("Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: "),
    ],
    [
      'a definition that is incomplete',
      { definition: '{"StartAt":"A"}' },
      'InvalidDefinition',
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
    ],
    [
      'a definition that is nested without end',
      {
        definition: `${'{"StartAt":"A","States":{"A":{"Type":"Map","ItemProcessor":'.repeat(9_000)}{}${'}}}'.repeat(9_000)}`,
      },
      'InvalidDefinition',
      "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: nested deeper than 200 levels'",
    ],
    [
      'a definition that is too long',
      { definition: ' '.repeat(1024 * 1024 + 1) },
      'ValidationException',
      expect.stringContaining('Member must have length less than or equal to 1048576'),
    ],
    [
      'a log level without a destination',
      { loggingConfiguration: { level: 'ALL' as const } },
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    ],
    [
      'a log group that is not there',
      {
        loggingConfiguration: {
          level: 'ALL' as const,
          destinations: [
            {
              cloudWatchLogsLogGroup: {
                logGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:none:*',
              },
            },
          ],
        },
      },
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Log Destination not found.',
    ],
  ])('%s', async (_what, more, name, message) => {
    const { create } = await startStates();
    await expect(create(PASS, more)).rejects.toMatchObject({ name, message });
  });

  it('is not misled by a log group with the same beginning', async () => {
    const { create, logsClient } = await startStates();
    await logsClient.send(new CreateLogGroupCommand({ logGroupName: 'group-2' }));
    const to = (logGroup: string) => ({
      loggingConfiguration: {
        level: 'ALL' as const,
        destinations: [
          {
            cloudWatchLogsLogGroup: {
              logGroupArn: `arn:aws:logs:us-east-1:000000000000:log-group:${logGroup}:*`,
            },
          },
        ],
      },
    });
    await expect(create(PASS, to('group'))).rejects.toMatchObject({ name: 'InvalidLoggingConfiguration' });
    await logsClient.send(new CreateLogGroupCommand({ logGroupName: 'group' }));
    expect(await create(PASS, to('group'))).toBe(machineArn('machine'));
  });

  it.each([
    ['versions', { publish: true }, 'publish'],
    [
      'encryption with a key of the account',
      { encryptionConfiguration: { type: 'AWS_OWNED_KEY' as const } },
      'encryptionConfiguration',
    ],
  ])('%s, by name', async (_what, more, detail) => {
    const { client } = await startStates();
    await expect(
      client.send(
        new CreateStateMachineCommand({ name: 'm', roleArn: ROLE, definition: definitionOf(PASS), ...more }),
      ),
    ).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(detail),
      $metadata: { httpStatusCode: 501 },
    });
  });

  it.each([
    ['an integration of another service', 'arn:aws:states:::sqs:sendMessage'],
    ['an operation that no service here has', 'arn:aws:states:::aws-sdk:sfn:createActivity'],
    ['an activity', 'arn:aws:states:us-east-1:000000000000:activity:a'],
    ['a task token', 'arn:aws:states:::lambda:invoke.waitForTaskToken'],
  ])('%s, by name', async (_what, Resource) => {
    const { create } = await startStates();
    await expect(create({ Only: { Type: 'Task', Resource, End: true } })).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(Resource.split(':').at(-1)?.split('.')[0] ?? ''),
    });
  });

  it('parameters that its integration lacks or does not know, wherever the state is', async () => {
    const { create } = await startStates();
    const inner = {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { 'Payload.$': '$', Function: 'f' },
        End: true,
      },
    };
    await expect(
      create({ Fan: { Type: 'Parallel', Branches: [{ StartAt: 'Call', States: inner }], End: true } }),
    ).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The field 'Function' is not supported by Step Functions at /States/Fan/Branches/0/States/Call/Parameters, " +
        "SCHEMA_VALIDATION_FAILED: The field 'FunctionName' is required but was missing at /States/Fan/Branches/0/States/Call/Parameters'",
    });
  });

  // As recorded.
  it.each([
    ['.sync', "Express state machine does not support '.sync' service integration at /States/Only/Resource"],
    [
      '.waitForTaskToken',
      "Express state machine does not support '.waitForTaskToken' service integration  at /States/Only/Resource",
    ],
  ])('%s in an Express machine', async (pattern, message) => {
    const { create } = await startStates();
    const states = {
      Only: {
        Type: 'Task',
        Resource: `arn:aws:states:::states:startExecution${pattern}`,
        Parameters: { StateMachineArn: machineArn('other') },
        End: true,
      },
    };
    await expect(create(states, { type: 'EXPRESS' })).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${message}'`,
    });
  });
});

describe('ValidateStateMachineDefinition', () => {
  it('says what is wrong and creates nothing', async () => {
    const { client } = await startStates();
    const validate = (definition: string) =>
      client.send(new ValidateStateMachineDefinitionCommand({ definition }));
    expect(await validate(definitionOf(PASS))).toMatchObject({
      result: 'OK',
      diagnostics: [],
      truncated: false,
    });
    expect(await validate('{"States":{}}')).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', location: '/' }],
    });
    const Resource = 'arn:aws:states:::sqs:sendMessage';
    expect(await validate(definitionOf({ Only: { Type: 'Task', Resource, End: true } }))).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ code: 'NOT_IMPLEMENTED', location: '/States/Only/Resource' }],
    });
    const listed = await client.send(new ListStateMachinesCommand({}));
    expect(listed.stateMachines).toEqual([]);
  });

  it('takes a definition with functions that do not exist yet', async () => {
    const { client } = await startStates();
    const states = { Only: { Type: 'Task', Resource: functionArn('later'), End: true } };
    const answer = await client.send(
      new ValidateStateMachineDefinitionCommand({ definition: definitionOf(states) }),
    );
    expect(answer.result).toBe('OK');
  });
});

describe('an ARN', () => {
  it.each([
    ['of no form', 'nothing', 'InvalidArn', "Invalid Arn: 'Invalid ARN prefix: nothing'"],
    [
      'of an execution',
      'arn:aws:states:us-east-1:000000000000:execution:m:e',
      'InvalidArn',
      "Invalid Arn: 'Resource type not valid in this context: execution'",
    ],
    [
      'of another account',
      'arn:aws:states:us-east-1:111111111111:stateMachine:machine',
      'StateMachineDoesNotExist',
      "State Machine Does Not Exist: 'arn:aws:states:us-east-1:111111111111:stateMachine:machine'",
    ],
    [
      'of a version',
      `${machineArn('machine')}:1`,
      'StateMachineDoesNotExist',
      `State Machine Does Not Exist: '${machineArn('machine')}:1'`,
    ],
  ])('%s is refused', async (_what, stateMachineArn, name, message) => {
    const { client, create } = await startStates();
    await create(PASS);
    await expect(client.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name,
      message,
    });
  });
});
