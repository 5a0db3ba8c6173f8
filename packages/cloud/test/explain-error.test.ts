import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  CloudError,
  CloudUsageError,
  createClients,
  identify,
  loadSettings,
  resolveTarget,
  type Target,
} from '../src/index.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skyground-credentials-'));
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('AWS_')))
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', join(directory, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(directory, 'credentials'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

/** The error of asking a target who we are; no request leaves, because credentials or server are missing. */
async function failure(target: Target): Promise<unknown> {
  const clients = createClients(target);
  try {
    return await identify(clients, AbortSignal.timeout(10_000)).then(
      () => undefined,
      (error: unknown) => error,
    );
  } finally {
    clients.destroy();
  }
}

function aws(profile?: string, region: string | undefined = 'eu-west-1'): Target {
  return { kind: 'aws', label: 'aws', region, profile };
}

describe('missing credentials', () => {
  it('none at all: says which there could be, and that local needs none', async () => {
    const error = await failure(aws());

    expect(error).toBeInstanceOf(CloudUsageError);
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /No AWS credentials: set AWS_ACCESS_KEY_ID .*--profile \(known: none\).*switched off by AWS_EC2_METADATA_DISABLED.*--target local/,
      ),
    });
  });

  it('an unknown profile: names those that are known', async () => {
    await writeFile(join(directory, 'config'), '[profile work]\nregion = eu-west-1\n');
    await writeFile(
      join(directory, 'credentials'),
      '[lab]\naws_access_key_id = A\naws_secret_access_key = B\n',
    );

    expect(await failure(aws('wrok'))).toMatchObject({
      message: expect.stringMatching(
        /no AWS profile wrok\. Known profiles: lab, work\. Make it with: aws configure --profile wrok/,
      ),
    });
  });

  it('a profile without keys: says what it needs', async () => {
    await writeFile(join(directory, 'config'), '[profile work]\nregion = eu-west-1\n');

    expect(await failure(aws('work'))).toMatchObject({
      message: expect.stringMatching(
        /profile work exists but gives no credentials: it needs aws_access_key_id/,
      ),
    });
  });

  it('half a pair: says that both are needed', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');

    expect(await failure(aws())).toMatchObject({
      message: 'Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set; both are needed.',
    });
  });

  it('no region: says how to give one', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');

    expect(await failure({ kind: 'aws', label: 'aws', region: undefined, profile: undefined })).toMatchObject(
      { message: expect.stringMatching(/No region: give --region/) },
    );
  });
});

describe('an endpoint', () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };

  it('that does not answer is named with its address', async () => {
    const target: Target = {
      kind: 'endpoint',
      label: 'cloud (x)',
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:9',
      credentials,
      profile: undefined,
    };

    expect(await failure(target)).toMatchObject({
      message: expect.stringMatching(
        /cloud \(x\) at http:\/\/127\.0\.0\.1:9 cannot be reached \(ECONNREFUSED\)/,
      ),
    });
  });

  it('that answers in no AWS format is named with its address and the HTTP status', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_request, response) => response.writeHead(404).end('<html>not here</html>'));
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    try {
      const target: Target = {
        kind: 'endpoint',
        label: 'cloud (x)',
        region: 'us-east-1',
        endpoint: `http://127.0.0.1:${port}`,
        credentials,
        profile: undefined,
      };
      const error = await failure(target);

      expect(error).toBeInstanceOf(CloudError);
      expect(error).toMatchObject({
        message: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${port} answered .*HTTP 404`)),
      });
    } finally {
      server.close();
    }
  });
});

it('a URL that refuses made-up keys: says how to send those of the shell, or to mean the embedded cloud', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(403, { 'content-type': 'text/xml' });
    response.end('<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>');
  }).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const flags = { target: `http://127.0.0.1:${port}` };
    const settings = loadSettings({ flags, environment: {}, directory });
    const { target } = resolveTarget(settings, { environment: {}, useAmbientCredentials: false });
    if (target.kind !== 'endpoint') throw new Error(`expected a URL, found ${target.kind}`);
    expect(await failure(target)).toMatchObject({
      message: expect.stringMatching(
        /^cloud \(\S+\) does not accept the credentials .*--use-ambient-credentials .*unset AWS_ENDPOINT_URL/,
      ),
    });
  } finally {
    server.close();
  }
});
