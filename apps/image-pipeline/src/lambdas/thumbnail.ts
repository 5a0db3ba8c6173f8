import { thumbnail } from '../functions/thumbnail.ts';
import { lambdaHandler } from './lambda-handler.ts';

export const handler = lambdaHandler(thumbnail);
