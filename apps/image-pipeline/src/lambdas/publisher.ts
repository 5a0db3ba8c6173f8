import { publisher } from '../functions/publisher.ts';
import { lambdaHandler } from './lambda-handler.ts';

export const handler = lambdaHandler(publisher);
