import { badRequest } from './errors.ts';

const MAXIMUM_TAGS = 50;

type Tags = Readonly<Record<string, string>>;

/** What can have tags: an API or one of its stages. */
export interface Tagged {
  readonly tags: Tags;
  readonly put: (tags: Record<string, string>) => void;
}

/** `arn:aws:apigateway:REGION::/apis/ID` or `.../apis/ID/stages/NAME`; REST APIs are under `/restapis/`. */
export function parseTaggedArn(
  arn: string,
  collection: 'apis' | 'restapis',
): { readonly apiId: string; readonly stageName: string | undefined } {
  const [, found, apiId, stageName] =
    /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+::\/(apis|restapis)\/(\w+)(?:\/stages\/([\w$-]+))?$/.exec(arn) ??
    [];
  if (found !== collection || apiId === undefined) {
    throw badRequest(
      `Invalid resource ARN: expected arn:aws:apigateway:REGION::/${collection}/ID, found '${arn}'`,
    );
  }
  return { apiId, stageName };
}

export function addTags({ tags, put }: Tagged, added: Tags): void {
  const merged = { ...tags, ...added };
  if (Object.keys(merged).length > MAXIMUM_TAGS) {
    throw badRequest(`A resource can have at most ${MAXIMUM_TAGS} tags.`);
  }
  put(merged);
}

export function removeTags({ tags, put }: Tagged, keys: readonly string[]): void {
  put(Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))));
}
