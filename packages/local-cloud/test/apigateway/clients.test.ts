import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { clientRunner, type InstalledClient, installed } from '../clients/installed.ts';
import { functionZip } from '../support/function-zip.ts';

/** The AWS CLI makes the API, curl calls it, and a real function answers. */
const [awsClis, [curl]] = await Promise.all([
  installed('aws', ['--version'], /aws-cli\/\S+/),
  installed('curl', ['--version'], /^curl \S+/),
]);
const TEST_TIMEOUT_MS = 120_000;
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:hello';

const folder = mkdtempSync(join(tmpdir(), 'skyground-apigateway-'));
const stateDir = join(folder, 'state');
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({ stateDir });
  const config = { endpoint: cloud.endpoint, region: cloud.region, credentials: cloud.credentials };
  const iam = new IAMClient(config);
  const lambda = new LambdaClient(config);
  const trust =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'hello', AssumeRolePolicyDocument: trust }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'hello',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: Role?.Arn,
      Code: {
        ZipFile: await functionZip(`
          import { createHash } from 'node:crypto';
          export const handler = async ({ rawPath, body = '', isBase64Encoded }) => ({
            statusCode: 200,
            headers: { 'content-type': 'text/plain' },
            body: rawPath + ' ' + createHash('sha256').update(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')).digest('hex'),
          });`),
      },
    }),
  );
  iam.destroy();
  lambda.destroy();
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function call({ path }: InstalledClient, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['--silent', '--show-error', ...args]);
  return stdout;
}

if (awsClis.length === 0 || curl === undefined) {
  test('AWS CLI and curl', ({ skip }) => skip('skipped: no working AWS CLI and curl on this machine'));
} else {
  const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
  test.each(awsClis)(
    '$version makes an API that curl calls',
    { timeout: TEST_TIMEOUT_MS },
    async (client) => {
      const run = clientRunner(cloud, folder);
      const aws = async (...args: string[]) =>
        JSON.parse(
          (await run(client, ['--endpoint-url', cloud.endpoint, '--output', 'json', ...args], {
            AWS_PAGER: '',
          })) || '{}',
        );
      const [{ ApiId, ApiEndpoint }, rest] = await Promise.all([
        aws(
          'apigatewayv2',
          'create-api',
          ...['--name', 'hello', '--protocol-type', 'HTTP', '--target', FUNCTION_ARN],
        ),
        aws('apigateway', 'create-rest-api', '--name', 'rest'),
      ]);
      expect(rest).toMatchObject({ name: 'rest', apiKeySource: 'HEADER' });
      expect(ApiEndpoint).toBe(`${cloud.endpoint}/_execute-api/${ApiId}`);

      // A deploy that forgets the permission fails here as on AWS.
      expect(await call(curl, `${ApiEndpoint}/a`)).toBe('{"message":"Internal Server Error"}');
      const lambda = new LambdaClient({
        endpoint: cloud.endpoint,
        region: cloud.region,
        credentials: cloud.credentials,
      });
      await lambda.send(
        new AddPermissionCommand({
          FunctionName: 'hello',
          StatementId: `from-${ApiId}`,
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
          SourceArn: `arn:aws:execute-api:us-east-1:000000000000:${ApiId}/*/*`,
        }),
      );
      lambda.destroy();
      expect(await call(curl, `${ApiEndpoint}/a`)).toBe(`/a ${sha256('')}`);

      const bytes = randomBytes(1024 * 1024);
      writeFileSync(join(folder, 'body.bin'), bytes);
      const binary = [
        '-H',
        'content-type: application/octet-stream',
        '--data-binary',
        `@${join(folder, 'body.bin')}`,
      ];
      expect(await call(curl, ...binary, `${ApiEndpoint}/b`)).toBe(`/b ${sha256(bytes)}`);
    },
  );

  test('APIs survive a restart', { timeout: TEST_TIMEOUT_MS }, async () => {
    await cloud.stop();
    cloud = await startLocalCloud({ stateDir });
    const client = new ApiGatewayV2Client({
      endpoint: cloud.endpoint,
      region: cloud.region,
      credentials: cloud.credentials,
    });
    const { Items: [api] = [] } = await client.send(new GetApisCommand());
    client.destroy();
    expect(await call(curl, `${api?.ApiEndpoint}/again`)).toBe(`/again ${sha256('')}`);
  });
}
