import model from '../../model/iris.json' with { type: 'json' };
import { createPredictor } from '../model/predict.ts';
import { createHandler } from './create-handler.ts';

const codeLoadedMs = performance.now();
const predictor = createPredictor(model);

/** The Lambda: `{"values": [[5.1, 3.5, 1.4, 0.2]]}` in the event's body in, classes and probabilities out. */
export const handler = createHandler(predictor, { codeLoadedMs, initialisedMs: performance.now() });
