import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  paginateListRoles,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIam } from '../../src/services/iam/create-iam.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { serveServices } from '../support/serve-services.ts';

const clock = new ManualClock();
const start = () => serveServices(clock, (environment) => [createIam(environment)]);
let cloud: Awaited<ReturnType<typeof start>>;
let client: IAMClient;

beforeEach(async () => {
  cloud = await start();
  client = new IAMClient(cloud.client);
});
afterEach(async () => {
  client.destroy();
  await cloud.stop();
});

const trust = (service = 'lambda.amazonaws.com') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
const permissions = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::bucket/(*)' },
});
const createRole = (RoleName: string, more = {}) =>
  client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(), ...more }));
const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

describe('roles', () => {
  it('are made, read, changed, tagged and deleted', async () => {
    const { Role: made } = await createRole('worker', {
      Path: '/skyground/',
      Description: 'does & <works>',
      Tags: [{ Key: 'project', Value: 'skyground' }],
    });
    expect(made).toMatchObject({
      RoleName: 'worker',
      Path: '/skyground/',
      Arn: 'arn:aws:iam::000000000000:role/skyground/worker',
      Description: 'does & <works>',
      MaxSessionDuration: 3600,
      Tags: [{ Key: 'project', Value: 'skyground' }],
    });
    expect(made?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
    expect(Math.abs((made?.CreateDate?.getTime() ?? 0) - clock.now())).toBeLessThan(1000);

    await client.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: 'worker',
        PolicyDocument: trust('states.amazonaws.com'),
      }),
    );
    const { Role: read } = await client.send(new GetRoleCommand({ RoleName: 'worker' }));
    expect(decodeURIComponent(read?.AssumeRolePolicyDocument ?? '')).toBe(trust('states.amazonaws.com'));

    await client.send(new TagRoleCommand({ RoleName: 'worker', Tags: [{ Key: 'run', Value: '' }] }));
    await client.send(new UntagRoleCommand({ RoleName: 'worker', TagKeys: ['project'] }));
    const { Tags } = await client.send(new ListRoleTagsCommand({ RoleName: 'worker' }));
    expect(Tags).toEqual([{ Key: 'run', Value: '' }]);

    await client.send(new DeleteRoleCommand({ RoleName: 'worker' }));
    await expect(client.send(new GetRoleCommand({ RoleName: 'worker' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name worker cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('are listed in pages and by path', async () => {
    for (const name of ['c', 'a', 'b']) await createRole(name);
    await createRole('d', { Path: '/other/' });
    const pages: string[] = [];
    for await (const page of paginateListRoles({ client, pageSize: 2 }, {})) {
      pages.push((page.Roles ?? []).map((role) => role.RoleName).join(''));
    }
    expect(pages).toEqual(['ab', 'cd']);
    const { Roles } = await client.send(new ListRolesCommand({ PathPrefix: '/oth' }));
    expect(Roles?.map((role) => role.RoleName)).toEqual(['d']);
  });

  it('are refused when they exist or are malformed', async () => {
    await createRole('taken');
    await expect(createRole('taken')).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name taken already exists.',
    });
    await expect(createRole('bad name')).rejects.toThrow(
      /Value 'bad name' at 'roleName' failed to satisfy constraint/,
    );
    await expect(createRole('r', { AssumeRolePolicyDocument: '{' })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'This policy contains invalid Json',
    });
    await expect(createRole('r', { AssumeRolePolicyDocument: permissions })).rejects.toThrow(
      'Has prohibited field Resource',
    );
    await expect(
      createRole('r', {
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'A', Value: '' },
        ],
      }),
    ).rejects.toThrow(/Duplicate tag keys/);
    await expect(
      createRole('r', { PermissionsBoundary: 'arn:aws:iam::aws:policy/Boundary' }),
    ).rejects.toThrow(/iam:CreateRole \(member PermissionsBoundary\) is not implemented/);
  });
});

describe('policies of roles', () => {
  beforeEach(() => createRole('worker'));

  it('inline: put, read back as sent, listed, deleted', async () => {
    const policy = { RoleName: 'worker', PolicyName: 'least' };
    await client.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: permissions }));
    const { PolicyDocument } = await client.send(new GetRolePolicyCommand(policy));
    expect(PolicyDocument).toContain('%28%2A%29');
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(permissions);
    const { PolicyNames } = await client.send(new ListRolePoliciesCommand({ RoleName: 'worker' }));
    expect(PolicyNames).toEqual(['least']);
    await expect(client.send(new DeleteRoleCommand({ RoleName: 'worker' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must delete policies first.',
    });
    await client.send(new DeleteRolePolicyCommand(policy));
    await expect(client.send(new DeleteRolePolicyCommand(policy))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    await expect(
      client.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: trust() })),
    ).rejects.toThrow('Policy document should not specify a principal.');
    await client.send(new DeleteRoleCommand({ RoleName: 'worker' }));
  });

  it('managed: attached twice is once, listed, detached', async () => {
    const attachment = { RoleName: 'worker', PolicyArn: basicExecution };
    await client.send(new AttachRolePolicyCommand(attachment));
    await client.send(new AttachRolePolicyCommand(attachment));
    const { AttachedPolicies } = await client.send(
      new ListAttachedRolePoliciesCommand({ RoleName: 'worker' }),
    );
    expect(AttachedPolicies).toEqual([
      { PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basicExecution },
    ]);
    await expect(client.send(new DeleteRoleCommand({ RoleName: 'worker' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must detach all policies first.',
    });
    await client.send(new DetachRolePolicyCommand(attachment));
    await expect(client.send(new DetachRolePolicyCommand(attachment))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    await expect(
      client.send(
        new AttachRolePolicyCommand({ ...attachment, PolicyArn: 'arn:aws:iam::000000000000:policy/mine' }),
      ),
    ).rejects.toThrow(/does not exist or is not attachable/);
  });
});

it('an operation that is not implemented says so by its name', async () => {
  await expect(client.send(new CreateUserCommand({ UserName: 'x' }))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining('iam:CreateUser'),
  });
});
