import { graphMessage, type OnnxGraph } from './graph.ts';
import { bytesField, textField, varintField } from './protobuf.ts';

/** ONNX 1.12 (2022) and everything since reads these: version 8 of the file's format, version 13 of the operators. */
const IR_VERSION = 8;
const OPSET_VERSION = 13;

/** The bytes of an .onnx file: a ModelProto, as https://github.com/onnx/onnx/blob/main/onnx/onnx.proto defines it. */
export function onnxFile(graph: OnnxGraph): Uint8Array {
  const operators = varintField(2, OPSET_VERSION);
  return Buffer.concat([
    varintField(1, IR_VERSION),
    textField(2, 'skyground'),
    bytesField(7, graphMessage(graph)),
    bytesField(8, operators),
  ]);
}
