import { EXAMPLE_BODY } from '../example-request.ts';

/** The course's mock event: what API Gateway hands to the function, as far as the function looks. */
export const MOCK_EVENT = { body: JSON.stringify(EXAMPLE_BODY) };

/** A request that was sent, and what came back. */
export interface Exchange {
  /** `POST http://...`, or the call of the SDK. */
  readonly sentTo: string;
  readonly sent: string;
  readonly statusCode: number;
  /** The body as text. */
  readonly received: string;
}
