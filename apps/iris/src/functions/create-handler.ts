import model from '../../model/iris.json' with { type: 'json' };
import type { Prediction, Predictor } from '../model/predict.ts';
import { type InitMarks, logColdStart } from './cold-start-marks.ts';
import { readRows } from './read-rows.ts';

/** What a Lambda proxy answers, read by API Gateway and by whoever invokes the function. */
export interface ProxyAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Handler = (event: unknown, context: { readonly awsRequestId: string }) => Promise<ProxyAnswer>;

/** The classifier's handler. Its environment's first invocation logs the phases of the cold start. */
export function createHandler(predictor: Predictor, init: InitMarks): Handler {
  let isFirstCall = true;
  return async (event, { awsRequestId }) => {
    const firstCallStartedMs = performance.now();
    const { statusCode, content } = answerTo(event, predictor);
    const answer = {
      statusCode,
      headers: {
        'content-type': 'application/json',
        // By which a client finds the invocation's own lines in the log: the gateway's request id is another one.
        'x-lambda-request-id': awsRequestId,
      },
      body: JSON.stringify(content),
    };
    if (isFirstCall) logColdStart(init, { firstCallStartedMs, firstCallEndedMs: performance.now() });
    isFirstCall = false;
    return answer;
  };
}

function answerTo(
  event: unknown,
  predictor: Predictor,
): { readonly statusCode: number; readonly content: object } {
  try {
    const read = readRows(event);
    if (read.kind === 'refused') return { statusCode: 400, content: { message: read.reason } };
    return { statusCode: 200, content: contentOf(predictor(read.rows)) };
  } catch (error) {
    // The log has the stack; whoever sent the request learns nothing of our insides.
    console.error('The request was not answered:', error);
    return { statusCode: 500, content: { message: 'Internal server error' } };
  }
}

/** One entry a row in each; probabilities in the order of the model's classes. */
function contentOf(predictions: readonly Prediction[]): object {
  return {
    predictions: predictions.map(({ label }) => label),
    classNames: predictions.map(({ label }) => model.classes[label]),
    probabilities: predictions.map(({ probabilities }) => probabilities),
  };
}
