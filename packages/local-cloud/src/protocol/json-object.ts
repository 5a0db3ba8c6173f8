import type { JsonCodec2 } from '@aws-sdk/core/protocols';
import type { $Schema } from '@smithy/types';

/** The members of a JSON object. Throws for whatever is none: the codec alone would find no members in a list or a number. */
export async function readJsonObject(
  codec: JsonCodec2,
  schema: $Schema,
  bytes: Uint8Array,
): Promise<unknown> {
  const text = Buffer.from(bytes).toString('utf8');
  if (!/^\s*\{/.test(text)) throw new SyntaxError('Expected a JSON object.');
  const members: unknown = await codec.createDeserializer().read(schema, text);
  return members;
}
