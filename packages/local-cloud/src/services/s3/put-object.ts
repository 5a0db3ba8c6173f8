import type { PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3';
import type { Operation } from '../../server/service.ts';
import { originOf, readAddress } from './names.ts';
import { checksumMembers, readObjectHeaders } from './object-headers.ts';
import { checkWriteConditions, checkWriteConditionsForm } from './preconditions.ts';
import { receiveObject } from './receive-object.ts';
import type { S3State } from './s3-state.ts';
import type { StoredObject } from './stored-object.ts';

export function putObject(state: S3State): Operation<PutObjectRequest, PutObjectOutput> {
  return async (input, context) => {
    const { bucket, key } = readAddress(state, input);
    checkWriteConditionsForm(input);
    const headers = readObjectHeaders(input, context);
    const received = await receiveObject(state, input.Body, context);
    const object: StoredObject = {
      key,
      blobId: received.blobId,
      sizeBytes: received.sizeBytes,
      etag: received.md5,
      lastModifiedMs: state.modificationTimeMs(),
      checksum: { algorithm: received.algorithm, type: 'FULL_OBJECT', value: received.checksum },
      headers,
      parts: undefined,
    };
    await state.commitReceived(bucket, object, 'ObjectCreated:Put', originOf(state, context), (existing) =>
      checkWriteConditions(input, key, existing),
    );
    return { ETag: `"${object.etag}"`, ServerSideEncryption: 'AES256', ...checksumMembers(object.checksum) };
  };
}
