export { createLambda, type LambdaPorts, type LambdaService } from './lambda.ts';
export type { LambdaOptions } from './options.ts';
