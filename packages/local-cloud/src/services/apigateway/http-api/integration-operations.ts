import type { GetIntegrationsCommandOutput, Integration } from '@aws-sdk/client-apigatewayv2';
import { z } from 'zod';
import type { Output } from '../../output.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, HTTP_API_VALIDATION, notFound, supportedOnly } from '../errors.ts';
import { functionArnOf } from '../state/function-target.ts';
import { newPartId } from '../state/ids.ts';
import { page } from '../state/page.ts';
import { deployAutomatically } from './deploy.ts';
import { pageMembers, pageSize } from './page-members.ts';
import { findHttpApi, type HttpApiCore, type IntegrationRecord } from './records.ts';

const MAXIMUM_INTEGRATION_TIMEOUT_MS = 30_000;

const members = {
  ApiId: z.string(),
  IntegrationType: z.string().optional(),
  IntegrationUri: z.string().min(1).max(2048).optional(),
  /** Lambda is invoked by POST whatever it says. */
  IntegrationMethod: z.string().optional(),
  PayloadFormatVersion: z.string().optional(),
  TimeoutInMillis: z.number().int().min(50).max(MAXIMUM_INTEGRATION_TIMEOUT_MS).optional(),
  ConnectionType: z.string().optional(),
  Description: z.string().max(1024).optional(),
};
type Given = Partial<z.output<z.ZodObject<typeof members>>>;

export function integrationOperations(core: HttpApiCore) {
  const find = (apiId: string, id: string): IntegrationRecord => {
    findHttpApi(core, apiId);
    const integration = core.integrations.get(apiId, id);
    if (integration === undefined) throw notFound('Invalid Integration identifier specified');
    return integration;
  };

  return {
    CreateIntegration: validatedOperation(
      HTTP_API_VALIDATION,
      'CreateIntegration',
      z.strictObject({ ...members, IntegrationType: z.string() }),
      (input) => {
        checkSupported('CreateIntegration', input);
        findHttpApi(core, input.ApiId);
        if (input.IntegrationUri === undefined) throw badRequest('IntegrationUri is a required parameter');
        if (input.PayloadFormatVersion === undefined) {
          throw badRequest('PayloadFormatVersion is a required parameter for integration');
        }
        const integration = newIntegration(input.IntegrationUri, input);
        core.state.change(() => {
          core.integrations.put(input.ApiId, integration.id, integration);
          deployAutomatically(core, input.ApiId);
        });
        return wireIntegration(integration);
      },
    ),

    GetIntegration: validatedOperation(
      HTTP_API_VALIDATION,
      'GetIntegration',
      z.strictObject({ ApiId: z.string(), IntegrationId: z.string() }),
      (input) => wireIntegration(find(input.ApiId, input.IntegrationId)),
    ),

    GetIntegrations: validatedOperation(
      HTTP_API_VALIDATION,
      'GetIntegrations',
      z.strictObject({ ApiId: z.string(), ...pageMembers }),
      (input): Output<GetIntegrationsCommandOutput> => {
        findHttpApi(core, input.ApiId);
        const { items, next } = page(core.integrations.list(input.ApiId), pageSize(input), input.NextToken);
        return { Items: items.map(wireIntegration), NextToken: next };
      },
    ),

    UpdateIntegration: validatedOperation(
      HTTP_API_VALIDATION,
      'UpdateIntegration',
      z.strictObject({ ...members, IntegrationId: z.string() }),
      (input) => {
        checkSupported('UpdateIntegration', input);
        const before = find(input.ApiId, input.IntegrationId);
        const integration = {
          ...before,
          ...(input.IntegrationUri !== undefined && {
            uri: input.IntegrationUri,
            functionArn: functionArnOf(input.IntegrationUri),
          }),
          method: input.IntegrationMethod ?? before.method,
          payloadFormatVersion: formatVersion(input.PayloadFormatVersion) ?? before.payloadFormatVersion,
          timeoutMs: input.TimeoutInMillis ?? before.timeoutMs,
          description: input.Description ?? before.description,
        };
        core.state.change(() => {
          core.integrations.put(input.ApiId, integration.id, integration);
          deployAutomatically(core, input.ApiId);
        });
        return wireIntegration(integration);
      },
    ),

    DeleteIntegration: validatedOperation(
      HTTP_API_VALIDATION,
      'DeleteIntegration',
      z.strictObject({ ApiId: z.string(), IntegrationId: z.string() }),
      (input): void => {
        find(input.ApiId, input.IntegrationId);
        const route = core.routes
          .list(input.ApiId)
          .find(({ integrationId }) => integrationId === input.IntegrationId);
        if (route !== undefined) {
          throw badRequest(
            `Cannot delete Integration '${input.IntegrationId}' because it is referenced by Route '${route.routeKey}'.`,
          );
        }
        core.state.change(() => core.integrations.delete(input.ApiId, input.IntegrationId));
      },
    ),
  };
}

function checkSupported(operationName: string, given: Given): void {
  supportedOnly(HTTP_API_VALIDATION, operationName, 'IntegrationType', given.IntegrationType, ['AWS_PROXY']);
  supportedOnly(HTTP_API_VALIDATION, operationName, 'ConnectionType', given.ConnectionType, ['INTERNET']);
}

export function newIntegration(uri: string, given: Given, isManaged = false): IntegrationRecord {
  return {
    id: newPartId(),
    uri,
    functionArn: functionArnOf(uri),
    method: given.IntegrationMethod ?? 'POST',
    payloadFormatVersion: formatVersion(given.PayloadFormatVersion) ?? '2.0',
    timeoutMs: given.TimeoutInMillis ?? MAXIMUM_INTEGRATION_TIMEOUT_MS,
    description: given.Description,
    isManaged,
  };
}

function formatVersion(given: string | undefined): '1.0' | '2.0' | undefined {
  if (given === undefined || given === '1.0' || given === '2.0') return given;
  throw badRequest(`Invalid PayloadFormatVersion: expected 1.0 or 2.0, found ${given}`);
}

function wireIntegration(integration: IntegrationRecord): Integration {
  return {
    ...(integration.isManaged && { ApiGatewayManaged: true }),
    ConnectionType: 'INTERNET',
    Description: integration.description,
    IntegrationId: integration.id,
    IntegrationMethod: integration.method,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: integration.uri,
    PayloadFormatVersion: integration.payloadFormatVersion,
    TimeoutInMillis: integration.timeoutMs,
  };
}
