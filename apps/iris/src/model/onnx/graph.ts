import { nodeMessage, type OnnxNode } from './node.ts';
import { bytesField, textField, varintField } from './protobuf.ts';
import { DATA_TYPES, type Tensor, tensorMessage } from './tensor.ts';

/** What goes into a graph or comes out of it. */
export interface ValueInfo {
  readonly name: string;
  readonly type: keyof typeof DATA_TYPES;
  /** A name stands for a length that is known when the graph is run. */
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly name: string;
  /** In an order in which each finds its inputs ready. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly Tensor[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

/** A GraphProto. */
export function graphMessage({ name, nodes, constants, inputs, outputs }: OnnxGraph): Uint8Array {
  return Buffer.concat([
    ...nodes.map((node) => bytesField(1, nodeMessage(node))),
    textField(2, name),
    ...constants.map((tensor) => bytesField(5, tensorMessage(tensor))),
    ...inputs.map((value) => bytesField(11, valueInfoMessage(value))),
    ...outputs.map((value) => bytesField(12, valueInfoMessage(value))),
  ]);
}

function valueInfoMessage({ name, type, shape }: ValueInfo): Uint8Array {
  const dims = shape.map((length) =>
    bytesField(1, typeof length === 'number' ? varintField(1, length) : textField(2, length)),
  );
  const tensorType = Buffer.concat([varintField(1, DATA_TYPES[type]), bytesField(2, Buffer.concat(dims))]);
  return Buffer.concat([textField(1, name), bytesField(2, bytesField(1, tensorType))]);
}
