import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, conflict, notFound, REST_API_VALIDATION, supportedOnly } from '../errors.ts';
import { findMethod, findResource, type MethodRecord, type RestApiCore } from './records.ts';
import { wireMethod } from './wire.ts';

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'];

/** The address of a method. */
export const methodMembers = { restApiId: z.string(), resourceId: z.string(), httpMethod: z.string() };
export const statusCode = z.string().regex(/^[1-5]\d\d$/);

/** Stores a method of a resource. */
export function putMethod(
  core: RestApiCore,
  { restApiId, resourceId, httpMethod }: { restApiId: string; resourceId: string; httpMethod: string },
  method: MethodRecord,
): void {
  const resource = findResource(core, restApiId, resourceId);
  const methods = { ...resource.methods, [httpMethod]: method };
  core.state.change(() => core.resources.put(restApiId, resourceId, { ...resource, methods }));
}

export function methodOperations(core: RestApiCore) {
  return {
    PutMethod: validatedOperation(
      REST_API_VALIDATION,
      'PutMethod',
      z.strictObject({
        ...methodMembers,
        authorizationType: z.string(),
        apiKeyRequired: z.boolean().optional(),
        operationName: z.string().optional(),
        requestParameters: z.record(z.string(), z.boolean()).optional(),
      }),
      (input) => {
        const resource = findResource(core, input.restApiId, input.resourceId);
        if (!METHODS.includes(input.httpMethod)) {
          throw badRequest(`Invalid HttpMethod specified. Valid options are ${METHODS.join(',')}`);
        }
        supportedOnly(REST_API_VALIDATION, 'PutMethod', 'authorizationType', input.authorizationType, [
          'NONE',
        ]);
        supportedOnly(REST_API_VALIDATION, 'PutMethod', 'apiKeyRequired', input.apiKeyRequired, [false]);
        if (Object.hasOwn(resource.methods, input.httpMethod)) {
          throw conflict('Method already exists for this resource');
        }
        const { operationName, requestParameters } = input;
        const method = { operationName, requestParameters, responses: {} };
        putMethod(core, input, method);
        return wireMethod(resource.id, input.httpMethod, method);
      },
    ),

    GetMethod: validatedOperation(
      REST_API_VALIDATION,
      'GetMethod',
      z.strictObject(methodMembers),
      (input) => {
        const resource = findResource(core, input.restApiId, input.resourceId);
        return wireMethod(resource.id, input.httpMethod, findMethod(resource, input.httpMethod));
      },
    ),

    DeleteMethod: validatedOperation(
      REST_API_VALIDATION,
      'DeleteMethod',
      z.strictObject(methodMembers),
      (input): void => {
        const resource = findResource(core, input.restApiId, input.resourceId);
        findMethod(resource, input.httpMethod);
        const { [input.httpMethod]: _, ...methods } = resource.methods;
        core.state.change(() => core.resources.put(input.restApiId, resource.id, { ...resource, methods }));
      },
    ),

    PutMethodResponse: validatedOperation(
      REST_API_VALIDATION,
      'PutMethodResponse',
      z.strictObject({
        ...methodMembers,
        statusCode,
        responseParameters: z.record(z.string(), z.boolean()).optional(),
        responseModels: z.record(z.string(), z.string()).optional(),
      }),
      (input) => {
        const method = findMethod(findResource(core, input.restApiId, input.resourceId), input.httpMethod);
        if (Object.hasOwn(method.responses, input.statusCode)) {
          throw conflict('Response already exists for this resource');
        }
        const { responseParameters, responseModels } = input;
        for (const model of Object.values(responseModels ?? {})) {
          supportedOnly(REST_API_VALIDATION, 'PutMethodResponse', 'response model', model, [
            'Empty',
            'Error',
          ]);
        }
        const responses = { ...method.responses, [input.statusCode]: { responseParameters, responseModels } };
        putMethod(core, input, { ...method, responses });
        return { statusCode: input.statusCode, responseParameters, responseModels };
      },
    ),

    GetMethodResponse: validatedOperation(
      REST_API_VALIDATION,
      'GetMethodResponse',
      z.strictObject({ ...methodMembers, statusCode }),
      (input) => {
        const { responses } = findMethod(
          findResource(core, input.restApiId, input.resourceId),
          input.httpMethod,
        );
        const response = responses[input.statusCode];
        if (response === undefined) throw notFound('Invalid Response status code specified');
        return { statusCode: input.statusCode, ...response };
      },
    ),
  };
}
