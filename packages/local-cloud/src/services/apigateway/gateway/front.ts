import type { CloudEnvironment } from '../../../server/environment.ts';
import type { HttpFront } from '../../../server/http-front.ts';
import type { FunctionInvoker } from '../../../server/ports.ts';
import type { HttpApiCore } from '../http-api/records.ts';
import { INVOKE_PREFIX } from '../invoke-url.ts';
import type { RestApiCore } from '../rest-api/records.ts';
import type { ApiState } from '../state/api-state.ts';
import { serveHttpApi } from './serve-http-api.ts';
import { serveRestApi, unknownApi } from './serve-rest-api.ts';
import { ServedApis } from './served-apis.ts';
import { Throttle } from './throttle.ts';

/** Where the APIs of both kinds are invoked: `/_execute-api/{apiId}/...`. */
export function invokeFront(
  cloud: CloudEnvironment,
  state: ApiState,
  http: HttpApiCore,
  rest: RestApiCore,
  functions: FunctionInvoker,
): HttpFront {
  const served = new ServedApis(state, http, rest);
  const gateway = { cloud, functions, throttle: new Throttle() };
  return {
    pathPrefix: INVOKE_PREFIX,
    handle: async (request) => {
      const below = request.rawPath.slice(INVOKE_PREFIX.length);
      const slash = below.indexOf('/');
      const apiId = slash === -1 ? below : below.slice(0, slash);
      const rawPath = slash === -1 ? '/' : below.slice(slash);
      const api = served.get(apiId);
      switch (api?.kind) {
        case undefined:
          return unknownApi();
        case 'HTTP':
          return serveHttpApi(gateway, api, request, rawPath);
        case 'REST':
          return serveRestApi(gateway, api, request, rawPath);
      }
    },
  };
}
