import { FEATURES, SPECIES } from '../table/read-iris.ts';
import { irisGraph } from './iris-graph.ts';
import { onnxFile } from './onnx/model-file.ts';
import { type LabelledRow, TRAINING, trainModel } from './train.ts';

/** The two files that training leaves in model/: the same rows give the same bytes. */
export function modelFiles(rows: readonly LabelledRow[]): {
  readonly 'iris.json': string;
  readonly 'iris.onnx': Uint8Array;
} {
  const model = trainModel(rows, SPECIES.length, TRAINING);
  const json = { features: FEATURES, classes: SPECIES, ...model };
  return { 'iris.json': `${JSON.stringify(json)}\n`, 'iris.onnx': onnxFile(irisGraph(model)) };
}
