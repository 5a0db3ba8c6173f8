import { z } from 'zod';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, notFound, REST_API_VALIDATION, supportedOnly } from '../errors.ts';
import { invokedFunctionArnOf } from '../state/function-target.ts';
import { methodMembers, putMethod, statusCode } from './method-operations.ts';
import { findMethod, findResource, type MethodRecord, type RestApiCore } from './records.ts';
import { wireIntegration } from './wire.ts';

const MAXIMUM_TIMEOUT_MS = 29_000;

export function integrationOperations(core: RestApiCore) {
  const find = (input: { restApiId: string; resourceId: string; httpMethod: string }) => {
    const method = findMethod(findResource(core, input.restApiId, input.resourceId), input.httpMethod);
    if (method.integration === undefined) throw notFound('Invalid Integration identifier specified');
    return { method, integration: method.integration };
  };

  return {
    PutIntegration: validatedOperation(
      REST_API_VALIDATION,
      'PutIntegration',
      z.strictObject({
        ...methodMembers,
        type: z.string(),
        uri: z.string().optional(),
        integrationHttpMethod: z.string().optional(),
        connectionType: z.string().optional(),
        passthroughBehavior: z.enum(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']).optional(),
        timeoutInMillis: z.number().int().optional(),
      }),
      (input) => {
        const method: MethodRecord = findMethod(
          findResource(core, input.restApiId, input.resourceId),
          input.httpMethod,
        );
        const only = (member: string, value: string | undefined, supported: string) =>
          supportedOnly(REST_API_VALIDATION, 'PutIntegration', member, value, [supported]);
        only('type', input.type, 'AWS_PROXY');
        only('connectionType', input.connectionType, 'INTERNET');
        if (input.integrationHttpMethod === undefined) {
          throw badRequest('Enumeration value for HttpMethod must be non-empty');
        }
        const timeoutMs = input.timeoutInMillis ?? MAXIMUM_TIMEOUT_MS;
        if (timeoutMs < 50 || timeoutMs > MAXIMUM_TIMEOUT_MS) {
          throw badRequest(`Timeout should be between 50 ms and ${MAXIMUM_TIMEOUT_MS} ms`);
        }
        const integration = {
          uri: input.uri ?? '',
          functionArn: invokedFunctionArnOf(input.uri ?? ''),
          httpMethod: input.integrationHttpMethod,
          timeoutMs,
          passthroughBehavior: input.passthroughBehavior ?? 'WHEN_NO_MATCH',
          responses: {},
        };
        putMethod(core, input, { ...method, integration });
        return wireIntegration(input.resourceId, integration);
      },
    ),

    GetIntegration: validatedOperation(
      REST_API_VALIDATION,
      'GetIntegration',
      z.strictObject(methodMembers),
      (input) => wireIntegration(input.resourceId, find(input).integration),
    ),

    DeleteIntegration: validatedOperation(
      REST_API_VALIDATION,
      'DeleteIntegration',
      z.strictObject(methodMembers),
      (input): void => putMethod(core, input, { ...find(input).method, integration: undefined }),
    ),

    PutIntegrationResponse: validatedOperation(
      REST_API_VALIDATION,
      'PutIntegrationResponse',
      z.strictObject({ ...methodMembers, statusCode, selectionPattern: z.string().optional() }),
      (input) => {
        const { method, integration } = find(input);
        if (!Object.hasOwn(method.responses, input.statusCode)) {
          throw notFound('Invalid Response status code specified');
        }
        const { selectionPattern } = input;
        const responses = { ...integration.responses, [input.statusCode]: { selectionPattern } };
        putMethod(core, input, { ...method, integration: { ...integration, responses } });
        return { statusCode: input.statusCode, selectionPattern };
      },
    ),
  };
}
