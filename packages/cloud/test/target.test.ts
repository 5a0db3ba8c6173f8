import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  type CloudClients,
  CloudUsageError,
  createClients,
  loadSettings,
  resolveTarget,
  startedLocalTarget,
} from '../src/index.ts';

function resolved(flags: object, environment: NodeJS.ProcessEnv = {}, useAmbientCredentials = false) {
  const settings = loadSettings({ flags, environment, directory: '/' });
  return resolveTarget(settings, { environment, useAmbientCredentials });
}

const SHELL = {
  AWS_ACCESS_KEY_ID: 'AKIAREALREALREAL',
  AWS_SECRET_ACCESS_KEY: 'real',
  AWS_PROFILE: 'production',
};

describe('a target', () => {
  it('is the embedded cloud where nobody says anything, whatever credentials the shell holds', () => {
    expect(resolved({}, SHELL)).toEqual({ target: { kind: 'local', label: 'cloud (local)' }, notices: [] });
  });

  it('by URL gets made-up credentials, and those of the shell only when asked for', () => {
    const { target } = resolved({ target: 'http://localhost:4566' }, SHELL);
    expect(target).toMatchObject({
      kind: 'endpoint',
      endpoint: 'http://localhost:4566',
      credentials: { accessKeyId: 'skyground' },
    });

    expect(resolved({ target: 'http://localhost:4566' }, SHELL, true).target).toMatchObject({
      credentials: 'ambient',
    });
  });

  it('local refuses the credentials of the shell', () => {
    expect(() => resolved({}, SHELL, true)).toThrow(CloudUsageError);
  });

  it('aws says loudly that it ignores AWS_ENDPOINT_URL', () => {
    const { target, notices } = resolved(
      { target: 'aws', region: 'eu-west-1' },
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    );

    expect(target).toEqual({
      kind: 'aws',
      label: 'aws (eu-west-1)',
      region: 'eu-west-1',
      profile: undefined,
    });
    expect(notices).toEqual([
      expect.stringMatching(
        /^IGNORED: AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:1\. --target aws means the real AWS/,
      ),
    ]);
  });

  it('says that AWS_ENDPOINT_URL chose it', () => {
    const { notices } = resolved({}, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });

    expect(notices).toEqual(['All calls go to http://127.0.0.1:1, because AWS_ENDPOINT_URL is set.']);
  });

  it('never prints a password, not even that of an endpoint that it ignores', () => {
    const { notices } = resolved({}, { AWS_ENDPOINT_URL_S3: 'http://user:the-password@127.0.0.1:1' });

    expect(notices).toEqual([expect.stringContaining('AWS_ENDPOINT_URL_S3=http://(hidden)@127.0.0.1:1')]);
  });

  it('says that it takes AWS_DEFAULT_REGION', () => {
    const { target, notices } = resolved({ target: 'aws' }, { AWS_DEFAULT_REGION: 'eu-north-1' });

    expect(target).toMatchObject({ region: 'eu-north-1' });
    expect(notices).toEqual([expect.stringContaining('AWS_DEFAULT_REGION')]);
  });
});

describe('clients', () => {
  const open: CloudClients[] = [];

  afterEach(() => {
    for (const clients of open.splice(0)) clients.destroy();
    vi.unstubAllEnvs();
  });

  /** The host, path and access key that a request would be sent with; nothing is sent. */
  async function requestOf(clients: CloudClients) {
    open.push(clients);
    return new Promise<{ host: string; port: number | undefined; authorization: string }>(
      (resolve, reject) => {
        clients.sts.middlewareStack.add(
          () => (args) => {
            // The SDK types a request as unknown here; at this step it is always an HTTP request.
            const request = args.request as {
              hostname: string;
              port?: number;
              headers: Record<string, string>;
            };
            resolve({
              host: request.hostname,
              port: request.port,
              authorization: request.headers['authorization'] ?? '',
            });
            return Promise.reject(new Error('not sent'));
          },
          { step: 'finalizeRequest', priority: 'low', name: 'capture' },
        );
        clients.sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
          if (!(error instanceof Error && error.message === 'not sent')) reject(error);
        });
      },
    );
  }

  it('of aws go to AWS with the credentials of the shell, past AWS_ENDPOINT_URL', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    vi.stubEnv('AWS_ENDPOINT_URL_STS', 'http://127.0.0.1:2');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOFTHESHELL');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    const request = await requestOf(
      createClients({ kind: 'aws', label: 'aws', region: 'eu-west-1', profile: undefined }),
    );

    expect(request.host).toBe('sts.eu-west-1.amazonaws.com');
    expect(request.authorization).toContain('AKIAOFTHESHELL');
  });

  it.each([
    [
      'local',
      startedLocalTarget(
        { kind: 'local', label: 'cloud (local)' },
        {
          endpoint: 'http://127.0.0.1:7594',
          region: 'us-east-1',
          credentials: { accessKeyId: 'LOCAL', secretAccessKey: 'x' },
          cpuShare: { kind: 'off' },
        },
      ),
      'LOCAL',
    ],
    [
      'a URL',
      {
        kind: 'endpoint',
        label: 'x',
        region: 'us-east-1',
        endpoint: 'http://127.0.0.1:7594',
        credentials: { accessKeyId: 'MADEUP', secretAccessKey: 'x' },
        profile: undefined,
      },
      'MADEUP',
    ],
  ] as const)(
    'of %s never send the credentials of the shell, nor go where it points',
    async (_name, target, accessKeyId) => {
      vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOFTHESHELL');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
      vi.stubEnv('AWS_PROFILE', 'production');
      const request = await requestOf(createClients(target));

      expect(`${request.host}:${request.port}`).toBe('127.0.0.1:7594');
      expect(request.authorization).toContain(`Credential=${accessKeyId}/`);
    },
  );
});

it.each([
  [{ kind: 'off' }, 'cloud (local)'],
  [{ kind: 'aws', means: 'cgroup' }, 'cloud (local, AWS CPU share)'],
] as const)('a CPU share of %o is in the label of the target: %s', (cpuShare, label) => {
  const target = startedLocalTarget(
    { kind: 'local', label: 'cloud (local)' },
    {
      endpoint: 'http://127.0.0.1:7594',
      region: 'us-east-1',
      credentials: { accessKeyId: 'LOCAL', secretAccessKey: 'x' },
      cpuShare,
    },
  );
  expect(target.label).toBe(label);
});
