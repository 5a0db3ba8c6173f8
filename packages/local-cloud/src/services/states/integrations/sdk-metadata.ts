import type { JsonObject } from '@skyground/asl';

/**
 * What an optimised integration adds to its output of the HTTP exchange. Here there was none: the headers are those that AWS
 * would have sent.
 */
export function sdkMetadata(
  headers: Readonly<Record<string, string>>,
  requestId: string,
  httpStatus = 200,
): JsonObject {
  const all = { ...headers, 'x-amzn-RequestId': requestId, Date: new Date().toUTCString() };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
      HttpHeaders: all,
      HttpStatusCode: httpStatus,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
