import { expect, onTestFinished, test, vi } from 'vitest';
import { CREDENTIALS, startLambda } from './lambda-fixture.ts';

const SHOWS = 'export const handler = async () => ({ ...process.env, execArgv: undefined });';

test('nothing of the cloud’s own environment gets through', async () => {
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const foreign = {
    AWS_PROFILE: 'production',
    AWS_SESSION_TOKEN: 'real',
    AWS_CONFIG_FILE: '/home/someone/.aws/config',
    AWS_ENDPOINT_URL_S3: 'https://example.com',
    HOME: '/home/someone',
    http_proxy: 'http://proxy.example.com',
    NODE_OPTIONS: '--no-warnings',
    SECRET: 'of the shell',
  };
  for (const [name, value] of Object.entries(foreign)) vi.stubEnv(name, value);
  const { create, invoke, environment } = await startLambda();
  await create(SHOWS, {
    Environment: { Variables: { OWN: 'value', AWS_ENDPOINT_URL: 'http://elsewhere.example.com' } },
  });
  const { payload } = await invoke();

  for (const value of Object.values(foreign)) expect(Object.values(payload)).not.toContain(value);
  expect(payload).toMatchObject({
    OWN: 'value',
    AWS_ENDPOINT_URL: environment.endpoint(),
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  });
});

test('exactly these variables, and no others', async () => {
  const { create, invoke } = await startLambda();
  await create(SHOWS);
  const { payload } = await invoke();
  expect(Object.keys(payload).sort()).toEqual([
    'AWS_ACCESS_KEY_ID',
    'AWS_CONFIG_FILE',
    'AWS_DEFAULT_REGION',
    'AWS_EC2_METADATA_DISABLED',
    'AWS_ENDPOINT_URL',
    'AWS_EXECUTION_ENV',
    'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
    'AWS_LAMBDA_FUNCTION_NAME',
    'AWS_LAMBDA_FUNCTION_VERSION',
    'AWS_LAMBDA_INITIALIZATION_TYPE',
    'AWS_LAMBDA_LOG_GROUP_NAME',
    'AWS_LAMBDA_LOG_STREAM_NAME',
    'AWS_LAMBDA_RUNTIME_API',
    'AWS_REGION',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SHARED_CREDENTIALS_FILE',
    'HOME',
    'LAMBDA_RUNTIME_DIR',
    'LAMBDA_TASK_ROOT',
    'LANG',
    'PATH',
    'TMPDIR',
    'TZ',
    '_HANDLER',
    '_X_AMZN_TRACE_ID',
  ]);
  expect(payload).toMatchObject({
    AWS_LAMBDA_FUNCTION_NAME: 'fn',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fn',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    TZ: ':UTC',
    _X_AMZN_TRACE_ID: expect.stringMatching(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
    ),
  });
});
