import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../errors.ts';
import { endAnswer } from './end-answer.ts';
import type { FrontAnswer, FrontRequest, HttpFront } from './http-front.ts';
import { readWhole } from './receive-body.ts';
import { isForThisMachine } from './web-page.ts';

/** The front whose path this is, if one is. A target that is no path (`*`, `http://...`) is nobody's. */
export function frontOf(fronts: readonly HttpFront[], url: string | undefined): HttpFront | undefined {
  return fronts.find(
    ({ pathPrefix }) =>
      url?.startsWith(pathPrefix) === true || url?.split('?', 1)[0] === pathPrefix.slice(0, -1),
  );
}

/** One request of a front, from its first header to its last byte. */
export async function serveFront(
  front: HttpFront,
  message: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
  onFault: (fault: unknown, operationName: string) => void,
): Promise<void> {
  const gone = new AbortController();
  // Also emitted after an answer that was sent whole; an abort then stops nothing.
  response.once('close', () => gone.abort());
  let answer: FrontAnswer;
  try {
    answer = isForThisMachine(message.headers)
      ? await front.handle(frontRequest(message, response, awaitsContinue, gone.signal))
      : refusal(403, 'Requests must go to 127.0.0.1, localhost or [::1].');
  } catch (error) {
    // A client that went away, or cut its body off, hears nothing any more; anything else is a fault of ours.
    if (gone.signal.aborted) return;
    if (!(error instanceof AwsError)) onFault(error, `${message.method} ${front.pathPrefix}`);
    answer =
      error instanceof AwsError
        ? refusal(error.httpStatus, error.message)
        : refusal(500, 'Internal Server Error');
  }
  await send(message, response, answer);
}

function frontRequest(
  message: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
  signal: AbortSignal,
): FrontRequest {
  const url = message.url ?? '/';
  const start = url.indexOf('?');
  return {
    method: message.method ?? 'GET',
    rawPath: start === -1 ? url : url.slice(0, start),
    rawQuery: start === -1 ? '' : url.slice(start + 1),
    headers: pairs(message.rawHeaders),
    protocol: `HTTP/${message.httpVersion}`,
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
    readBody: async (limitBytes) => {
      const announced = message.headers['content-length'];
      if (announced !== undefined && Number(announced) > limitBytes) return undefined;
      if (awaitsContinue) response.writeContinue();
      return readWhole(message, limitBytes);
    },
    signal,
  };
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  const found: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    found.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return found;
}

function refusal(status: number, message: string): FrontAnswer {
  return { status, headers: [['content-type', 'application/json']], body: JSON.stringify({ message }) };
}

async function send(
  message: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: FrontAnswer,
): Promise<void> {
  if (response.destroyed) return;
  const lines = headers.flat();
  const isBodyless = status === 204 || status === 304;
  if (!isBodyless) lines.push('content-length', String(Buffer.byteLength(body)));
  // What nobody read of a body is no next request: the connection ends with the answer.
  if (!message.complete) lines.push('connection', 'close');
  response.writeHead(status, lines);
  await endAnswer(response, isBodyless || message.method === 'HEAD' ? undefined : body);
}
