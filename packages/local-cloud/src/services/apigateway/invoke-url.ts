import type { CloudEnvironment } from '../../server/environment.ts';

/** Where APIs are invoked, on the port of everything else: an underscore begins no bucket's name, so S3 loses nothing. */
export const INVOKE_PREFIX = '/_execute-api/';

/** Of an API's $default stage; other stages follow as the first segment. */
export function invokeUrl(cloud: CloudEnvironment, apiId: string): string {
  return `${cloud.endpoint()}${INVOKE_PREFIX}${apiId}`;
}
