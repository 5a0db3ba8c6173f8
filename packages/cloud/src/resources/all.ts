import { BucketResource } from './bucket.ts';
import { FunctionResource } from './function.ts';
import { LogGroupResource } from './log-group.ts';
import { NotificationResource } from './notification.ts';
import { PermissionResource } from './permission.ts';
import type { BundleSource, Resource, ResourceContext } from './resource.ts';
import { RoleResource } from './role.ts';

/** Everything an app consists of, in the order in which it is made; removed in the opposite one. */
export function resourcesOf(context: ResourceContext, bundle: BundleSource): readonly Resource[] {
  const { ownRoleName } = context.names;
  return [
    new BucketResource('input bucket', context),
    new BucketResource('output bucket', context),
    ...(ownRoleName === undefined ? [] : [new RoleResource(ownRoleName, context)]),
    new LogGroupResource(context),
    new FunctionResource(context, bundle),
    new PermissionResource(context),
    new NotificationResource(context),
  ];
}
