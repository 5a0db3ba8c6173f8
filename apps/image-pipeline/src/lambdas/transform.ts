import { transform } from '../functions/transform.ts';
import { lambdaHandler } from './lambda-handler.ts';

export const handler = lambdaHandler(transform);
