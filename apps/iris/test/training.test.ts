import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Examples, gradientOf, lossOf } from '../src/model/gradient.ts';
import { leaveOneOutCorrect } from '../src/model/leave-one-out.ts';
import { modelFiles } from '../src/model/model-files.ts';
import { createPredictor } from '../src/model/predict.ts';
import { softmaxInPlace } from '../src/model/softmax.ts';
import { fitStandardisation, inputsOf } from '../src/model/standardise.ts';
import { TRAINING, trainModel } from '../src/model/train.ts';
import { IRIS_TABLE, readIris, SPECIES } from '../src/table/read-iris.ts';

const rows = await readIris(IRIS_TABLE);
const numbers = (length: number) =>
  fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: length, maxLength: length });

describe('training', () => {
  it('gives the files that are checked in, to the byte', async () => {
    for (const [name, content] of Object.entries(modelFiles(rows)))
      expect(await readFile(new URL(`../model/${name}`, import.meta.url))).toEqual(Buffer.from(content));
  });

  it('classifies at least 97 % of flowers rightly that it has not seen', () => {
    expect(leaveOneOutCorrect(rows, SPECIES.length, TRAINING)).toBe(146);
  }, 60_000);

  it('ends where the loss is flat', () => {
    const model = trainModel(rows, SPECIES.length, TRAINING);
    const inputs = inputsOf(
      rows.map(({ features }) => features),
      model,
    );
    const weights = Float64Array.from(
      model.weights.flatMap((row, index) => [...row, model.biases[index] ?? Number.NaN]),
    );
    const slopes = new Float64Array(weights.length);
    gradientOf(
      { inputs, labels: rows.map(({ label }) => label), classCount: 3 },
      weights,
      TRAINING.l2,
      slopes,
    );
    expect(Math.max(...slopes.map(Math.abs))).toBeLessThan(1e-3);
  });

  it('follows a gradient that is the slope of the loss, by central differences', () => {
    const examples = numbers(12).map(
      (values): Examples => ({
        inputs: Float64Array.from([0, 3, 6, 9].flatMap((from) => [...values.slice(from, from + 3), 1])),
        labels: [0, 1, 2, 1],
        classCount: 3,
      }),
    );
    fc.assert(
      fc.property(examples, numbers(12), fc.double({ min: 0, max: 1, noNaN: true }), (given, values, l2) => {
        const weights = Float64Array.from(values);
        const slopes = new Float64Array(weights.length);
        gradientOf(given, weights, l2, slopes);
        const step = 1e-5;
        for (const [place, weight] of weights.entries()) {
          const lossAt = (value: number): number => lossOf(given, weights.with(place, value), l2);
          const slope = (lossAt(weight + step) - lossAt(weight - step)) / (2 * step);
          expect(slopes[place]).toBeCloseTo(slope, 6);
        }
      }),
    );
  });

  it('standardises to mean 0 and deviation 1', () => {
    expect(fitStandardisation([[1], [3]])).toEqual({ means: [2], deviations: [1] });
    expect([...inputsOf([[1], [3]], { means: [2], deviations: [1] })]).toEqual([-1, 1, 1, 1]);
  });
});

describe('prediction', () => {
  it('gives probabilities for any scores, and the same ones when all scores rise together', () => {
    const scores = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(scores, fc.integer({ min: -1000, max: 1000 }), (given, rise) => {
        const probabilities = Float64Array.from(given);
        softmaxInPlace(probabilities);
        expect(probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        const risen = Float64Array.from(given, (score) => score + rise);
        softmaxInPlace(risen);
        for (const [index, share] of risen.entries())
          expect(share).toBeCloseTo(probabilities[index] ?? -1, 6);
      }),
    );
  });

  it('answers for each row by itself', () => {
    const predictor = createPredictor(trainModel(rows, SPECIES.length, { ...TRAINING, iterations: 50 }));
    const some = rows.slice(45, 55).map(({ features }) => features);
    expect(predictor(some)).toEqual(some.flatMap((row) => predictor([row])));
    expect(predictor([])).toEqual([]);
  });
});
