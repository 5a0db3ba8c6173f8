import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { BRANCHES } from '../../branches.ts';
import { PipelineError } from '../../errors.ts';
import { sha256Of } from '../../results/digest.ts';
import { resultKey } from '../../results/keys.ts';
import { readObject } from '../../results/read-object.ts';
import type { Sample } from '../sample.ts';
import type { Place } from './place.ts';

type ResultColumns = Pick<Sample, 'manifestSha256' | 'contactSheetSha256' | 's3Puts' | 's3Gets'>;

const manifestSchema = z.object({
  branches: z.partialRecord(z.enum(BRANCHES), z.object({ pictures: z.array(z.unknown()) })),
});

/**
 * Reads what a run published, for its digests, and removes all that the run wrote. Requests to S3 are those of the functions, counted by
 * what they wrote: a picture and a strip each, and what the Publisher published; and what they read for it.
 */
export async function takeResult(
  { clients: { s3 }, resultsBucket, shared }: Place,
  session: string,
  { hasPartial, signal }: { readonly hasPartial: boolean; readonly signal: AbortSignal },
): Promise<ResultColumns> {
  const bytesOf = async (name: string) => {
    try {
      return await readObject(
        s3,
        { bucket: resultsBucket, key: resultKey(session, name) },
        Number.POSITIVE_INFINITY,
      );
    } catch (error) {
      if (error instanceof PipelineError) return undefined;
      throw error;
    }
  };
  const manifest = await bytesOf('final/manifest.json');
  const contactSheet = await bytesOf('final/contact-sheet.jpg');
  await removeAll(s3, resultsBucket, resultKey(session, ''), signal);
  return {
    manifestSha256: manifest === undefined ? null : sha256Of(manifest),
    contactSheetSha256: contactSheet === undefined ? null : sha256Of(contactSheet),
    ...requestsOf(manifest, shared.passing, hasPartial),
  };
}

function requestsOf(manifest: Uint8Array | undefined, passing: Sample['passing'], hasPartial: boolean) {
  if (manifest === undefined) return { s3Puts: 0, s3Gets: 0 };
  const { branches } = manifestSchema.parse(JSON.parse(Buffer.from(manifest).toString()));
  const pictures = Object.values(branches).reduce((sum, { pictures: own }) => sum + own.length, 0);
  const strips = BRANCHES.length;
  const imageReads = 1 + (passing === 'key' ? BRANCHES.length : 0);
  return { s3Puts: pictures + strips + 2 + (hasPartial ? 2 : 0), s3Gets: imageReads + strips };
}

async function removeAll(
  s3: Place['clients']['s3'],
  bucket: string,
  prefix: string,
  signal: AbortSignal,
): Promise<void> {
  const pages = paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucket, Prefix: prefix },
    { abortSignal: signal },
  );
  for await (const { Contents = [] } of pages) {
    const objects = Contents.map(({ Key }) => ({ Key }));
    if (objects.length === 0) continue;
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } });
    await s3.send(command, { abortSignal: signal });
  }
}
