import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import {
  type AppNames,
  type CloudClients,
  createClients,
  deploy,
  loadSettings,
  startedLocalTarget,
} from '@skyground/cloud';
import { startLocalCloud } from '@skyground/local-cloud';

import { type ImagePipelineDeclaration, imagePipelineDeclaration } from '../../src/declaration.ts';

/** An embedded cloud of a test's own. */
export interface TestCloud {
  readonly clients: CloudClients;
  readonly stateDir: string;
  readonly stop: () => Promise<void>;
}

export async function startTestCloud(): Promise<TestCloud> {
  const stateDir = await mkdtemp(join(tmpdir(), 'skyground-cloud-'));
  const cloud = await startLocalCloud({ stateDir });
  const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  const stop = async (): Promise<void> => {
    clients.destroy();
    await cloud.stop();
    await rm(stateDir, { recursive: true });
  };
  return { clients, stateDir, stop };
}

/** Puts the app on it. */
export async function deployPipeline(clients: CloudClients): Promise<AppNames<ImagePipelineDeclaration>> {
  const settings = loadSettings({ flags: {}, environment: {}, directory: '/' });
  const declaration = imagePipelineDeclaration(settings, clients.target);
  return (await deploy(declaration, clients, { signal: new AbortController().signal })).names;
}

/** Every object below a session, by its name there. */
export async function resultsOf(
  { s3 }: CloudClients,
  bucket: string,
  session: string,
): Promise<ReadonlyMap<string, Buffer>> {
  const prefix = `sessions/${session}/`;
  const results = new Map<string, Buffer>();
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key = '' } of page.Contents ?? [])
      results.set(Key.slice(prefix.length), await bytesOf(s3, bucket, Key));
  }
  return results;
}

async function bytesOf(s3: CloudClients['s3'], Bucket: string, Key: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}
