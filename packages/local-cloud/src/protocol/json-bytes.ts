import type { JsonCodec2 } from '@aws-sdk/core/protocols';
import type { $Schema } from '@smithy/types';

/** The value as JSON. The codec's own result is a Uint8Array that warns when it is treated as anything else: a plain view of it. */
export function jsonBytes(codec: JsonCodec2, schema: $Schema, value: unknown): Uint8Array {
  const serializer = codec.createSerializer();
  serializer.write(schema, value);
  const { buffer, byteOffset, byteLength } = serializer.flush();
  return new Uint8Array(buffer, byteOffset, byteLength);
}
