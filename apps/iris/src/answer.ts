import * as z from 'zod';

/** What the handler gives back to whoever invokes it: API Gateway makes an HTTP answer of it. */
export const proxyAnswerSchema = z.strictObject({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** The body of a 200. One entry a row in each; a row's probabilities are in the order of the classes' indices. */
export const predictionsSchema = z.strictObject({
  predictions: z.array(z.int().min(0)),
  classNames: z.array(z.string()),
  probabilities: z.array(z.array(z.number())),
});
