import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createClients } from '../src/index.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'skyground-cloud-test-'));
  await writeFile(
    join(dir, 'config'),
    `[profile keys]
aws_access_key_id = AKIAKEYSKEYSKEYSKEYS
aws_secret_access_key = a-secret
[profile dev]
role_arn = arn:aws:iam::123456789012:role/Dev
source_profile = keys
`,
  );
  vi.stubEnv('AWS_CONFIG_FILE', join(dir, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(dir, 'credentials'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

it('a real account: the role of a profile is taken on at AWS too, whatever AWS_ENDPOINT_URL says', async () => {
  let requests = 0;
  // Whoever comes here was led astray.
  const astray = createServer((_, response) => {
    requests += 1;
    response.writeHead(403).end();
  }).listen(0, '127.0.0.1');
  await once(astray, 'listening');
  const address = astray.address();
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  // A region whose addresses resolve nowhere: nothing of this test reaches AWS.
  const clients = createClients({ kind: 'aws', label: 'aws', region: 'xx-nowhere-1', profile: 'dev' });
  try {
    await expect(clients.sts.config.credentials()).rejects.toThrow(/ENOTFOUND|EAI_AGAIN|xx-nowhere-1/);
    expect(requests).toBe(0);
  } finally {
    clients.destroy();
    astray.close();
  }
});
