import type {
  CreateBucketOutput,
  CreateBucketRequest,
  DeleteBucketRequest,
  GetBucketLocationOutput,
  GetBucketLocationRequest,
  GetBucketTaggingOutput,
  GetBucketTaggingRequest,
  GetBucketVersioningOutput,
  GetBucketVersioningRequest,
  HeadBucketOutput,
  HeadBucketRequest,
  ListBucketsOutput,
  ListBucketsRequest,
  PutBucketTaggingRequest,
  PutBucketVersioningRequest,
} from '@aws-sdk/client-s3';
import { AwsError, notImplemented } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';
import { transaction } from '../../storage/transaction.ts';
import { invalidArgument } from './errors.ts';
import { checkNewBucketName, readBucketName } from './names.ts';
import { ownerOf } from './owner.ts';
import type { S3State } from './s3-state.ts';

type Empty = Record<string, never>;

/** us-east-1 goes without a name in locations. */
const UNNAMED_REGION = 'us-east-1';
const MAX_BUCKETS = 10_000;

export function createBucket(state: S3State): Operation<CreateBucketRequest, CreateBucketOutput> {
  return async (input) => {
    const name = input.Bucket ?? '';
    const { region, clock } = state.environment;
    checkNewBucketName(name);
    const { LocationConstraint, Location, Bucket: type, Tags = [] } = input.CreateBucketConfiguration ?? {};
    if (Location !== undefined || type !== undefined) {
      throw notImplemented('s3', 'CreateBucket', 'CreateBucketConfiguration.Location, .Bucket');
    }
    if (String(LocationConstraint) === UNNAMED_REGION) {
      throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
        LocationConstraint,
      });
    }
    const location = LocationConstraint ?? UNNAMED_REGION;
    if (location !== region) {
      throw new AwsError(
        'IllegalLocationConstraintException',
        `The ${location === UNNAMED_REGION ? 'unspecified' : location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
        400,
      );
    }
    if (state.buckets.get(name) !== undefined) {
      // In its oldest region S3 takes the second creation of one's own bucket for the first.
      if (region === UNNAMED_REGION) return { Location: `/${name}` };
      throw new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
        { BucketName: name },
      );
    }
    const tags = Tags.map(({ Key = '', Value = '' }) => ({
      Key,
      Value,
    }));
    state.buckets.put({ name, createdMs: clock.now(), tags, notifications: [] });
    return { Location: `/${name}` };
  };
}

export function headBucket(state: S3State): Operation<HeadBucketRequest, HeadBucketOutput> {
  return async (input) => {
    readBucketName(state, input);
    return { BucketRegion: state.environment.region, AccessPointAlias: false };
  };
}

export function deleteBucket(state: S3State): Operation<DeleteBucketRequest, Empty> {
  return async (input) => {
    const name = readBucketName(state, input);
    const orphans = transaction(state.environment.database, () => {
      if (!state.objects.isEmpty(name)) {
        throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
          BucketName: name,
        });
      }
      const parts = state.uploads.list(name).flatMap(({ uploadId }) => state.uploads.parts(uploadId));
      state.buckets.delete(name);
      return parts;
    });
    for (const { blobId } of orphans) await state.blobs.remove(blobId);
    return {};
  };
}

export function listBuckets(state: S3State): Operation<ListBucketsRequest, ListBucketsOutput> {
  return async ({ Prefix = '', ContinuationToken = '', MaxBuckets = MAX_BUCKETS, BucketRegion }) => {
    if (MaxBuckets < 1 || MaxBuckets > MAX_BUCKETS) {
      throw invalidArgument(
        `Argument max-buckets must be an integer between 1 and ${MAX_BUCKETS}`,
        'max-buckets',
        String(MaxBuckets),
      );
    }
    const { region } = state.environment;
    const found = (BucketRegion === undefined || BucketRegion === region ? state.buckets.list() : []).filter(
      ({ name }) => name.startsWith(Prefix) && name > ContinuationToken,
    );
    const page = found.slice(0, MaxBuckets);
    const last = page.at(-1);
    return {
      Buckets: page.map(({ name, createdMs }) => ({ Name: name, CreationDate: new Date(createdMs) })),
      Owner: ownerOf(state),
      ...(Prefix === '' ? {} : { Prefix }),
      ...(found.length > page.length && last !== undefined ? { ContinuationToken: last.name } : {}),
    };
  };
}

export function getBucketLocation(
  state: S3State,
): Operation<GetBucketLocationRequest, Partial<Record<keyof GetBucketLocationOutput, string>>> {
  return async (input) => {
    readBucketName(state, input);
    const { region } = state.environment;
    return region === UNNAMED_REGION ? {} : { LocationConstraint: region };
  };
}

export function getBucketVersioning(
  state: S3State,
): Operation<GetBucketVersioningRequest, GetBucketVersioningOutput> {
  return async (input) => {
    readBucketName(state, input);
    return {};
  };
}

/** No bucket has ever had versions here, so suspending them changes nothing on AWS either: but it would be remembered there. */
export function putBucketVersioning(state: S3State): Operation<PutBucketVersioningRequest, Empty> {
  return async (input) => {
    readBucketName(state, input);
    throw notImplemented(
      's3',
      'PutBucketVersioning',
      `Status=${String(input.VersioningConfiguration?.Status)}`,
    );
  };
}

export function putBucketTagging(state: S3State): Operation<PutBucketTaggingRequest, Empty> {
  return async (input) => {
    const bucket = state.bucket(readBucketName(state, input));
    const tags = (input.Tagging?.TagSet ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
    if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
      throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key', 400);
    }
    if (tags.some(({ Key, Value }) => Key === '' || Key.length > 128 || Value.length > 256)) {
      throw new AwsError(
        'InvalidTag',
        'A tag has a key of 1 to 128 characters and a value of at most 256.',
        400,
      );
    }
    state.buckets.put({ ...bucket, tags });
    return {};
  };
}

export function getBucketTagging(state: S3State): Operation<GetBucketTaggingRequest, GetBucketTaggingOutput> {
  return async (input) => {
    const { tags, name } = state.bucket(readBucketName(state, input));
    if (tags.length === 0)
      throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', 404, { BucketName: name });
    return { TagSet: tags };
  };
}

export function deleteBucketTagging(state: S3State): Operation<GetBucketTaggingRequest, Empty> {
  return async (input) => {
    state.buckets.put({ ...state.bucket(readBucketName(state, input)), tags: [] });
    return {};
  };
}
