import { imageLoader } from '../functions/image-loader.ts';
import { lambdaHandler } from './lambda-handler.ts';

export const handler = lambdaHandler(imageLoader);
