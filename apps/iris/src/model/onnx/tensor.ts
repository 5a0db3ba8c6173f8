import { bytesField, textField, varintField } from './protobuf.ts';

/** Numbers of ONNX's TensorProto.DataType. */
export const DATA_TYPES = { float32: 1, int64: 7 } as const;

/** Constant values that a graph works with. */
export interface Tensor {
  readonly name: string;
  /** Length of each dimension. */
  readonly dims: readonly number[];
  /** Row by row; as many as the dimensions say. */
  readonly values: readonly number[];
}

/** A TensorProto of 32-bit floats. */
export function tensorMessage({ name, dims, values }: Tensor): Uint8Array {
  const raw = new DataView(new ArrayBuffer(values.length * 4));
  // ONNX files are little-endian whatever the machine is.
  for (const [index, value] of values.entries()) raw.setFloat32(index * 4, value, true);
  return Buffer.concat([
    ...dims.map((length) => varintField(1, length)),
    varintField(2, DATA_TYPES.float32),
    textField(8, name),
    bytesField(9, new Uint8Array(raw.buffer)),
  ]);
}
