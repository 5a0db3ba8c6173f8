import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createClients, loadSettings, namesOf, startedLocalTarget } from '@skyground/cloud';
import { imageProcessorDeclaration } from '@skyground/image-processor';
import { startLocalCloud } from '@skyground/local-cloud';
import { CloudImages } from '../src/cloud-images.ts';
import type { CloudSide } from '../src/cloud-side.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** An embedded cloud of a test's own with a person's own two buckets, and no function in it. */
export async function cloudWithBuckets(): Promise<AsyncDisposable & { readonly side: CloudSide }> {
  const folder = await temporaryFolder();
  const cloud = await startLocalCloud({ stateDir: folder.dir });
  const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
  const settings = loadSettings({
    flags: { inputBucket: 'my-photos', outputBucket: 'my-results' },
    environment: {},
    directory: folder.dir,
  });
  const declaration = imageProcessorDeclaration(settings, clients.target);
  const identity = { accountId: cloud.accountId, partition: 'aws', region: cloud.region };
  const names = namesOf(declaration, identity);
  for (const Bucket of [names.buckets.input, names.buckets.output]) {
    await clients.s3.send(new CreateBucketCommand({ Bucket }));
  }
  return {
    side: {
      clients,
      identity,
      declaration,
      names,
      cloudImages: new CloudImages(),
      lastLines: [],
      close: async () => {},
    },
    [Symbol.asyncDispose]: async () => {
      clients.destroy();
      await cloud.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}
