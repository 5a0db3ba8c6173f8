import { DeleteObjectsCommand, HeadObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';

import type { ObjectOwnership } from '../declaration/bucket.ts';
import { CloudError } from '../errors.ts';
import { isSdkError } from '../sdk-errors.ts';
import type { ResourceContext } from './resource.ts';

/** Everything (in a bucket that is ours), or what the declaration calls ours (in a person's bucket). */
export type ObjectSelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'owned'; readonly objects: ObjectOwnership };

type Context = Pick<ResourceContext, 'clients' | 'signal'>;

/** Deletes page by page (1,000 keys, the limit of both list and delete); gives how many. With dryRun only counts. */
export async function deleteObjects(
  context: Context,
  bucket: string,
  selection: ObjectSelection,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<number> {
  let count = 0;
  for await (const keys of selectedKeys(context, bucket, selection)) {
    if (keys.length > 0 && !dryRun) await deleteBatch(context, bucket, keys);
    count += keys.length;
  }
  return count;
}

async function* selectedKeys(
  context: Context,
  bucket: string,
  selection: ObjectSelection,
): AsyncGenerator<readonly string[]> {
  const prefix = selection.kind === 'all' ? {} : { Prefix: selection.objects.keyPrefix };
  for await (const page of paginateListObjectsV2(
    { client: context.clients.s3 },
    { Bucket: bucket, ...prefix },
  )) {
    context.signal.throwIfAborted();
    const keys = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    yield selection.kind === 'all' ? keys : keys.filter(selection.objects.ownsKey);
  }
  if (selection.kind === 'owned' && (await carriesMark(context, bucket, selection.objects.markedFile))) {
    yield [selection.objects.markedFile.key];
  }
}

async function carriesMark(
  context: Context,
  bucket: string,
  file: ObjectOwnership['markedFile'],
): Promise<boolean> {
  try {
    const head = await context.clients.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: file.key }), {
      abortSignal: context.signal,
    });
    return head.Metadata?.[file.metadataName] !== undefined;
  } catch (error) {
    if (isSdkError(error, ['NotFound', 'NoSuchKey'], 404)) return false;
    throw error;
  }
}

async function deleteBatch(context: Context, bucket: string, keys: readonly string[]): Promise<void> {
  const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
  const answer = await context.clients.s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete }), {
    abortSignal: context.signal,
  });
  const [first] = answer.Errors ?? [];
  if (first !== undefined) {
    throw new CloudError(
      `${answer.Errors?.length ?? 0} of ${keys.length} objects could not be deleted from ${bucket}; the first: ${first.Key}: ${first.Code} ${first.Message}`,
    );
  }
}
