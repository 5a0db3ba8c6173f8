import { filters } from '../functions/filters.ts';
import { lambdaHandler } from './lambda-handler.ts';

export const handler = lambdaHandler(filters);
