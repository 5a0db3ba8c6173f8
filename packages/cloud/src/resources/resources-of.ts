import { functionPolicy } from '../policy/function-policy.ts';
import { stateMachinePolicy } from '../policy/state-machine-policy.ts';
import { declared } from '../references.ts';
import { BucketResource } from './bucket.ts';
import { executeArn, httpApisNamed, ours, restApisNamed } from './find-apis.ts';
import { FunctionResource } from './function.ts';
import { isImage } from './function-package.ts';
import { HttpApiResource } from './http-api.ts';
import { ImageRepositoryResource } from './image-repository.ts';
import { LogGroupResource } from './log-group.ts';
import { NotificationResource } from './notification.ts';
import { PermissionResource } from './permission.ts';
import type { Resource, ResourceContext } from './resource.ts';
import { RestApiResource } from './rest-api.ts';
import { RoleResource } from './role.ts';
import { StateMachineResource } from './state-machine.ts';
import { TableResource } from './table.ts';

/** Everything an app consists of, in the order in which it is made; removed in the opposite one. */
export function resourcesOf(context: ResourceContext): readonly Resource[] {
  const { buckets, tables, functions, stateMachines, httpApis, restApis, notifications } =
    context.declaration;
  return [
    ...entries(buckets).map(([key, bucket]) => new BucketResource(key, bucket, context)),
    ...entries(tables).map(([key, table]) => new TableResource(key, table, context)),
    ...rolesOf(context),
    ...logGroupsOf(context).map((logGroup) => new LogGroupResource(logGroup, context)),
    ...entries(functions).flatMap(([key, fn]) =>
      isImage(fn, context) ? [new ImageRepositoryResource(key, fn, context)] : [],
    ),
    ...entries(functions).map(([key, fn]) => new FunctionResource(key, fn, context)),
    ...entries(stateMachines).map(([key, machine]) => new StateMachineResource(key, machine, context)),
    ...entries(httpApis).map(([key, api]) => new HttpApiResource(key, api, context)),
    ...entries(restApis).map(([key, api]) => new RestApiResource(key, api, context)),
    ...apiPermissionsOf(context),
    ...entries(notifications).flatMap(([key, notification]) => [
      bucketPermission(key, notification, context),
      new NotificationResource(key, notification, context),
    ]),
  ];
}

function logGroupsOf({ declaration, names }: ResourceContext): readonly string[] {
  const ofMachines = entries(declaration.stateMachines)
    .filter(([, { logLevel }]) => logLevel !== 'OFF')
    .map(([key]) => declared(names.stateMachines, 'state machine', key).logGroup);
  return [...Object.values(names.functions).map(({ logGroup }) => logGroup), ...ofMachines];
}

/** One role for each kind of principal: who may wear a role is part of it. None where an existing one is used, or nobody would wear it. */
function rolesOf(context: ResourceContext): readonly RoleResource[] {
  const { declaration, names } = context;
  const { functionRole, stateMachineRole } = names;
  const forFunctions =
    functionRole.ownName === undefined || entries(declaration.functions).length === 0
      ? []
      : [
          new RoleResource(
            {
              name: functionRole.ownName,
              description: `Skyground ${declaration.app}: what its functions use`,
              service: 'lambda.amazonaws.com',
              policy: functionPolicy(declaration, names, context),
            },
            context,
          ),
        ];
  const forStateMachines =
    stateMachineRole.ownName === undefined || entries(declaration.stateMachines).length === 0
      ? []
      : [
          new RoleResource(
            {
              name: stateMachineRole.ownName,
              description: `Skyground ${declaration.app}: what its state machines call`,
              service: 'states.amazonaws.com',
              policy: stateMachinePolicy(declaration, names, context),
            },
            context,
          ),
        ];
  return [...forFunctions, ...forStateMachines];
}

/** One for each API and each function that it calls. */
function apiPermissionsOf(context: ResourceContext): readonly PermissionResource[] {
  const { httpApis, restApis } = context.declaration;
  const kinds = [
    ...entries(httpApis).map(([key, { routes }]) => ({ key, routes, kind: 'http', idOf: httpApiId })),
    ...entries(restApis).map(([key, { routes }]) => ({ key, routes, kind: 'rest', idOf: restApiId })),
  ];
  return kinds.flatMap(({ key, routes, kind, idOf }) => {
    const api = declared(context.names.apis, 'API', key);
    const called = new Set(Object.values(routes).map((route) => route.function));
    return [...called].map((fn) => {
      const settings = {
        id: `${api}-${kind}`,
        functionName: declared(context.names.functions, 'function', fn).name,
        service: 'apigateway.amazonaws.com',
        caller: `${kind.toUpperCase()} API ${api}`,
        sourceArn: async () => {
          const id = await idOf(api, context);
          return id === undefined ? undefined : executeArn(id, context);
        },
      };
      return new PermissionResource(settings, context);
    });
  });
}

async function httpApiId(name: string, context: ResourceContext): Promise<string | undefined> {
  return ours(await httpApisNamed(name, context), ({ Tags }) => Tags, context).own[0]?.ApiId;
}

async function restApiId(name: string, context: ResourceContext): Promise<string | undefined> {
  return ours(await restApisNamed(name, context), ({ tags }) => tags, context).own[0]?.id;
}

function bucketPermission(
  key: string,
  notification: { readonly bucket: string; readonly function: string },
  context: ResourceContext,
): PermissionResource {
  const { buckets, functions, notifications } = context.names;
  const bucket = declared(buckets, 'bucket', notification.bucket);
  const settings = {
    id: `${declared(notifications, 'notification', key)}-s3`,
    functionName: declared(functions, 'function', notification.function).name,
    service: 's3.amazonaws.com',
    caller: `S3 bucket ${bucket}`,
    sourceArn: async () => `arn:${context.partition}:s3:::${bucket}`,
  };
  return new PermissionResource(settings, context);
}

function entries<V>(record: Readonly<Record<string, V>> | undefined): [string, V][] {
  return Object.entries(record ?? {});
}
