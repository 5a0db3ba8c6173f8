import { IrisError, IrisUsageError } from '../errors.ts';
import { type Exchange, MOCK_EVENT } from './exchange.ts';
import { postJson } from './post-json.ts';
import { proxyExchange } from './proxy-exchange.ts';

export const DEFAULT_CONTAINER_URL = 'http://127.0.0.1:8080';
/** Where the runtime interface emulator of Lambda's base images takes events. */
const INVOCATIONS_PATH = '/2015-03-31/functions/function/invocations';

/** Posts the mock event to a container made from the function's image, as `docker run -p 8080:8080` starts it. */
export async function tryContainer(url: string, signal: AbortSignal): Promise<Exchange> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new IrisUsageError(`--container: expected an http(s) URL, received ${JSON.stringify(url)}.`);
  const { sentTo, statusCode, received } = await postJson(
    new URL(INVOCATIONS_PATH, url).href,
    MOCK_EVENT,
    signal,
  ).catch((error: unknown) => {
    if (!(error instanceof IrisUsageError)) throw error;
    const message = `${error.message} Start the container first: docker run --rm -p 8080:8080 IMAGE`;
    throw new IrisUsageError(message, { cause: error });
  });
  if (statusCode !== 200)
    throw new IrisError(
      `${sentTo}: expected status 200, received ${statusCode}. Is this a container of Lambda?`,
    );
  return proxyExchange(sentTo, received);
}
