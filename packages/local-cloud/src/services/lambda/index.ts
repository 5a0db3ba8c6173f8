export { createLambda } from './lambda.ts';
export type { LambdaOptions } from './options.ts';
