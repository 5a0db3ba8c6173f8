import type { IrisModel } from './iris-model.ts';
import type { OnnxGraph } from './onnx/graph.ts';

/** The classifier as an ONNX graph, from measurements to label and probabilities, in 32-bit floats. */
export function irisGraph({ means, deviations, weights, biases }: IrisModel): OnnxGraph {
  const features = means.length;
  const classes = biases.length;
  return {
    name: 'iris',
    nodes: [
      { op: 'Sub', inputs: ['measurements', 'means'], outputs: ['centred'] },
      { op: 'Div', inputs: ['centred', 'deviations'], outputs: ['standardised'] },
      {
        op: 'Gemm',
        inputs: ['standardised', 'weights', 'biases'],
        outputs: ['scores'],
        attributes: { transB: 1 },
      },
      { op: 'Softmax', inputs: ['scores'], outputs: ['probabilities'], attributes: { axis: 1 } },
      { op: 'ArgMax', inputs: ['scores'], outputs: ['label'], attributes: { axis: 1, keepdims: 0 } },
    ],
    constants: [
      { name: 'means', dims: [features], values: means },
      { name: 'deviations', dims: [features], values: deviations },
      { name: 'weights', dims: [classes, features], values: weights.flat() },
      { name: 'biases', dims: [classes], values: biases },
    ],
    inputs: [{ name: 'measurements', type: 'float32', shape: ['rows', features] }],
    outputs: [
      { name: 'label', type: 'int64', shape: ['rows'] },
      { name: 'probabilities', type: 'float32', shape: ['rows', classes] },
    ],
  };
}
