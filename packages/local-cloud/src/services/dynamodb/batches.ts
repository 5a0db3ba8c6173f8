import type { BatchWriteItemInput } from '@aws-sdk/client-dynamodb';
import type { Wire } from './dynalite.ts';
import { invalid } from './errors.ts';

const MAX_WRITES = 25;

/** What dynalite counts for each table alone, and a request that is two: it would do the first and forget the other. */
export function checkWrites({ RequestItems = {} }: BatchWriteItemInput): void {
  const requests = Object.values(RequestItems).flat();
  if (requests.length > MAX_WRITES) throw invalid('Too many items requested for the BatchWriteItem call');
  if (
    requests.some(({ PutRequest, DeleteRequest }) => PutRequest !== undefined && DeleteRequest !== undefined)
  ) {
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
}

/** Keys that are left for the next call keep their projection, which dynalite leaves out. */
export function withProjections(asked: Wire, answer: Wire): Wire {
  const left = Object.entries(Object(answer['UnprocessedKeys'])).map(([table, keys]) => {
    const { ProjectionExpression, ExpressionAttributeNames } = Object(Object(asked['RequestItems'])[table]);
    return [table, { ...Object(keys), ProjectionExpression, ExpressionAttributeNames }];
  });
  return { ...answer, UnprocessedKeys: Object.fromEntries(left) };
}
