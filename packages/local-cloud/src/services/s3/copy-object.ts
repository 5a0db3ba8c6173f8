import type { CopyObjectOutput, CopyObjectRequest } from '@aws-sdk/client-s3';
import { CHECKSUM_ALGORITHMS } from '../../protocol/checksum.ts';
import type { Operation } from '../../server/service.ts';
import { openCopySource } from './copy-source.ts';
import { invalidArgument, invalidRequest } from './errors.ts';
import { originOf, readAddress } from './names.ts';
import { checksumMembers, readObjectHeaders } from './object-headers.ts';
import { checkWriteConditions, checkWriteConditionsForm } from './preconditions.ts';
import { MAX_UPLOAD_BYTES } from './receive-object.ts';
import type { S3State } from './s3-state.ts';
import type { StoredObject } from './stored-object.ts';

export function copyObject(state: S3State): Operation<CopyObjectRequest, CopyObjectOutput> {
  return async (input, context) => {
    const { bucket, key } = readAddress(state, input);
    checkWriteConditionsForm(input);
    const replacesHeaders = readDirective(input.MetadataDirective);
    const headers = readObjectHeaders(input, context);
    const { object: from, file, source } = await openCopySource(state, input);
    try {
      if (
        source.bucket === bucket &&
        source.key === key &&
        !replacesHeaders &&
        input.StorageClass === undefined &&
        input.ServerSideEncryption === undefined
      ) {
        throw invalidRequest(
          "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
        );
      }
      // The bytes are read and summed anew: a copy of an object in parts is an object of one piece, with the MD5 as its ETag.
      const algorithm =
        CHECKSUM_ALGORITHMS.find((name) => name === input.ChecksumAlgorithm) ?? from.checksum.algorithm;
      const received = await state.blobs.receive(
        file.createReadStream({ autoClose: false }),
        algorithm,
        MAX_UPLOAD_BYTES,
      );
      const object: StoredObject = {
        key,
        blobId: received.blobId,
        sizeBytes: received.sizeBytes,
        etag: received.md5,
        lastModifiedMs: state.modificationTimeMs(),
        checksum: { algorithm, type: 'FULL_OBJECT', value: received.checksum },
        headers: replacesHeaders ? headers : from.headers,
        parts: undefined,
      };
      await state.commitReceived(bucket, object, 'ObjectCreated:Copy', originOf(state, context), (existing) =>
        checkWriteConditions(input, key, existing),
      );
      return {
        ServerSideEncryption: 'AES256',
        CopyObjectResult: {
          ETag: `"${object.etag}"`,
          LastModified: new Date(object.lastModifiedMs),
          ...checksumMembers(object.checksum),
        },
      };
    } finally {
      await file.close();
    }
  };
}

function readDirective(directive: string | undefined): boolean {
  if (directive === undefined || directive === 'COPY') return false;
  if (directive === 'REPLACE') return true;
  throw invalidArgument('Unknown metadata directive.', 'x-amz-metadata-directive', directive);
}
