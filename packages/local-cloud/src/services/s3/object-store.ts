import { randomUUID } from 'node:crypto';
import type { ObjectStore } from '../../server/ports.ts';
import { refuseVersion } from './errors.ts';
import { openObject, readBytes } from './get-object.ts';
import { originOf, readAddress } from './names.ts';
import { DEFAULT_ALGORITHM } from './receive-object.ts';
import type { S3State } from './s3-state.ts';

/** S3 as other services of this cloud use it. A write is like any other: it has events too. */
export function objectStore(state: S3State): ObjectStore {
  return {
    bucketExists: (bucket) => state.buckets.get(bucket) !== undefined,

    read: async (bucket, key, versionId) => {
      refuseVersion(versionId);
      const { object, file } = await openObject(state, readAddress(state, { Bucket: bucket, Key: key }));
      try {
        return await readBytes(file, 0, object.sizeBytes);
      } finally {
        await file.close();
      }
    },

    write: async (bucketName, keyName, body, contentType) => {
      const { bucket, key } = readAddress(state, { Bucket: bucketName, Key: keyName });
      const received = await state.blobs.receive(single(body), DEFAULT_ALGORITHM);
      const object = {
        key,
        blobId: received.blobId,
        sizeBytes: received.sizeBytes,
        etag: received.md5,
        lastModifiedMs: state.modificationTimeMs(),
        checksum: { algorithm: DEFAULT_ALGORITHM, type: 'FULL_OBJECT' as const, value: received.checksum },
        headers: { contentType, metadata: {} },
        parts: undefined,
      };
      const origin = originOf(state, { requestId: randomUUID(), sourceIp: '127.0.0.1' });
      await state.commitReceived(bucket, object, 'ObjectCreated:Put', origin, () => {});
    },
  };
}

async function* single(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}
