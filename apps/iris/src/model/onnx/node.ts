import { bytesField, textField, varintField } from './protobuf.ts';

/** AttributeProto.AttributeType.INT */
const INT_ATTRIBUTE = 2;

/** One operation of a graph. */
export interface OnnxNode {
  /** `Gemm`, `Softmax`, ...: https://onnx.ai/onnx/operators */
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, number>>;
}

/** A NodeProto; attributes are whole numbers. */
export function nodeMessage({ op, inputs, outputs, attributes = {} }: OnnxNode): Uint8Array {
  return Buffer.concat([
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(4, op),
    ...Object.entries(attributes).map(([name, value]) => bytesField(5, attributeMessage(name, value))),
  ]);
}

function attributeMessage(name: string, value: number): Uint8Array {
  return Buffer.concat([textField(1, name), varintField(3, value), varintField(20, INT_ATTRIBUTE)]);
}
