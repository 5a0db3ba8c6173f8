import * as z from 'zod';

import { proxyAnswerSchema } from '../answer.ts';
import { IrisError } from '../errors.ts';
import { type Exchange, MOCK_EVENT } from './exchange.ts';

/** So much of an answer that is not understood is shown. */
const MAX_SHOWN_CHARACTERS = 300;

/** The exchange of an invocation by its payload, which holds status and body. */
export function proxyExchange(sentTo: string, payload: string): Exchange {
  const { data, error } = z.preprocess(parsed, proxyAnswerSchema).safeParse(payload);
  if (data === undefined) {
    throw new IrisError(
      `${sentTo}: expected statusCode, headers and body, received ${JSON.stringify(payload.slice(0, MAX_SHOWN_CHARACTERS))}.`,
      { cause: error },
    );
  }
  return { sentTo, sent: JSON.stringify(MOCK_EVENT), statusCode: data.statusCode, received: data.body };
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}
