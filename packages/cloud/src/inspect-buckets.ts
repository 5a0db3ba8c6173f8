import type { CloudClients } from './clients.ts';
import type { AppDeclaration } from './declaration/app.ts';
import { type CloudCallOptions, conversation } from './deploy.ts';
import { explainError } from './explain-error.ts';
import { BucketResource } from './resources/bucket.ts';

/** A bucket of an app as it stands. */
export interface InspectedBucket {
  readonly name: string;
  readonly state:
    | { readonly kind: 'there' }
    /** Not there, or ours but without our tags yet: deploy sees to it. */
    | { readonly kind: 'due'; readonly action: 'create' | 'update' }
    /** Somebody else's, in another region, missing though it should be there, or not to be asked. */
    | { readonly kind: 'refused'; readonly error: Error };
}

/** Looks at every bucket that an app declares; changes nothing. What is wrong with one does not hide the others. */
export function inspectBuckets(
  declaration: AppDeclaration,
  clients: CloudClients,
  options: CloudCallOptions,
): Promise<readonly InspectedBucket[]> {
  return conversation(declaration, clients, options, (context) =>
    Promise.all(
      Object.entries(declaration.buckets ?? {}).map(async ([key, bucket]): Promise<InspectedBucket> => {
        const resource = new BucketResource(key, bucket, context);
        try {
          const { action } = await resource.inspect();
          const state =
            action === 'unchanged' ? ({ kind: 'there' } as const) : { kind: 'due' as const, action };
          return { name: resource.name, state };
        } catch (error) {
          options.signal.throwIfAborted();
          return {
            name: resource.name,
            state: { kind: 'refused', error: await explainError(error, clients.target, process.env) },
          };
        }
      }),
    ),
  );
}
