import { readFile } from 'node:fs/promises';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';

import model from '../model/iris.json' with { type: 'json' };
import { varintField } from '../src/model/onnx/protobuf.ts';
import { tensorMessage } from '../src/model/onnx/tensor.ts';
import { createPredictor } from '../src/model/predict.ts';
import { IRIS_TABLE, readIris } from '../src/table/read-iris.ts';

env.wasm.numThreads = 1;

describe('model/iris.onnx', () => {
  it('answers in ONNX Runtime as the JSON form does here, on all 150 rows', async () => {
    const rows = (await readIris(IRIS_TABLE)).map(({ features }) => features);
    const expected = createPredictor(model)(rows);

    const session = await InferenceSession.create(
      await readFile(new URL('../model/iris.onnx', import.meta.url)),
    );
    const measurements = new Tensor('float32', rows.flat(), [rows.length, 4]);
    const { label, probabilities } = await session.run({ measurements });
    await session.release();

    expect(Array.from(label?.data ?? [], Number)).toEqual(expected.map((prediction) => prediction.label));
    expect(probabilities?.dims).toEqual([150, 3]);
    const found = Array.from(probabilities?.data ?? [], Number);
    const differences = expected
      .flatMap((prediction) => prediction.probabilities)
      .map((probability, index) => Math.abs(probability - (found[index] ?? Number.NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-6);
  });
});

describe('the writer', () => {
  // protobuf.dev, "Encoding": 150 is 96 01; int64 -1 is ten bytes.
  it.each([
    [0, '0800'],
    [127, '087f'],
    [150, '089601'],
    [-1, '08ffffffffffffffffff01'],
    [Number.MAX_SAFE_INTEGER, '08ffffffffffffff0f'],
  ])('writes %d as the specification does', (value, hex) => {
    expect(Buffer.from(varintField(1, value)).toString('hex')).toBe(hex);
  });

  it('writes floats little-endian', () => {
    const bytes = tensorMessage({ name: 't', dims: [1], values: [1] });
    expect(Buffer.from(bytes).toString('hex')).toBe('080110014201744a040000803f');
  });
});
