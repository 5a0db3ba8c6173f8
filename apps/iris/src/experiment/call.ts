import { EXAMPLE_BODY } from '../example-request.ts';
import type { Sample } from './sample.ts';

/** A request as the client saw it, before its log is known. */
export type Call = Pick<
  Sample,
  | 'route'
  | 'startedAtMs'
  | 'endedAtMs'
  | 'responseMs'
  | 'outcome'
  | 'httpStatus'
  | 'error'
  | 'requestId'
  | 'user'
  | 'users'
  | 'inFlight'
  | 'sentBytes'
  | 'receivedBytes'
>;

/** One flower: the row that the course's mock event holds. */
export const requestBody = JSON.stringify(EXAMPLE_BODY);

/** The header in which the handler's answer names its invocation. */
export const answerIdHeader = 'x-lambda-request-id';
