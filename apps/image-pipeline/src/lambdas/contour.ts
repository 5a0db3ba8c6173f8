import { contour } from '../functions/contour.ts';
import { lambdaHandler } from './lambda-handler.ts';

export const handler = lambdaHandler(contour);
