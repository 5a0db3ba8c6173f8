import { createHash } from 'node:crypto';
import type { Owner } from '@aws-sdk/client-s3';
import type { S3State } from './s3-state.ts';

/** The one account, under a canonical user id of the form that S3 uses. */
export function ownerOf(state: S3State): Owner {
  return { ID: createHash('sha256').update(state.environment.accountId).digest('hex') };
}
