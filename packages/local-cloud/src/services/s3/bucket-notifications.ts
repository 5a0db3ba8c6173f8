import { randomUUID } from 'node:crypto';
import type {
  GetBucketNotificationConfigurationRequest,
  LambdaFunctionConfiguration,
  NotificationConfiguration,
  PutBucketNotificationConfigurationRequest,
} from '@aws-sdk/client-s3';
import { AwsError, notImplemented } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';
import { invalidArgument } from './errors.ts';
import { readBucketName } from './names.ts';
import { CONFIGURABLE_EVENTS, type NotificationRule, rulesOverlap } from './notification-rule.ts';
import type { S3State } from './s3-state.ts';

const OPERATION = 'PutBucketNotificationConfiguration';
const FUNCTION_ARN = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$/;

export function putBucketNotificationConfiguration(
  state: S3State,
): Operation<PutBucketNotificationConfigurationRequest, Record<string, never>> {
  return async (input) => {
    const bucket = state.bucket(readBucketName(state, input));
    const configuration = input.NotificationConfiguration ?? {};
    refuseOtherTargets(configuration);
    const rules = (configuration.LambdaFunctionConfigurations ?? []).map(readRule);
    checkTogether(rules);
    if (input.SkipDestinationValidation !== true) {
      for (const { functionArn } of rules) checkPermission(state, functionArn, `arn:aws:s3:::${bucket.name}`);
    }
    state.buckets.put({ ...bucket, notifications: rules });
    return {};
  };
}

export function getBucketNotificationConfiguration(
  state: S3State,
): Operation<GetBucketNotificationConfigurationRequest, NotificationConfiguration> {
  return async (input) => {
    const { notifications } = state.bucket(readBucketName(state, input));
    return notifications.length === 0
      ? {}
      : { LambdaFunctionConfigurations: notifications.map(describeRule) };
  };
}

function refuseOtherTargets(configuration: NotificationConfiguration): void {
  const { TopicConfigurations = [], QueueConfigurations = [], EventBridgeConfiguration } = configuration;
  if (TopicConfigurations.length > 0) throw notImplemented('s3', OPERATION, 'TopicConfigurations');
  if (QueueConfigurations.length > 0) throw notImplemented('s3', OPERATION, 'QueueConfigurations');
  if (EventBridgeConfiguration !== undefined)
    throw notImplemented('s3', OPERATION, 'EventBridgeConfiguration');
}

function readRule({
  Id,
  LambdaFunctionArn = '',
  Events = [],
  Filter,
}: LambdaFunctionConfiguration): NotificationRule {
  if (!FUNCTION_ARN.test(LambdaFunctionArn)) {
    throw invalidArgument('The ARN could not be parsed', 'CloudFunction', LambdaFunctionArn);
  }
  const unknown = Events.find((event) => !CONFIGURABLE_EVENTS.has(event));
  if (unknown !== undefined || Events.length === 0) {
    throw invalidArgument('The event is not supported for notifications', 'Event', unknown ?? '');
  }
  const filter: { prefix?: string; suffix?: string } = {};
  for (const { Name, Value = '' } of Filter?.Key?.FilterRules ?? []) {
    const name = String(Name).toLowerCase();
    if (name !== 'prefix' && name !== 'suffix') {
      throw invalidArgument(
        'filter rule name must be either prefix or suffix',
        'FilterRule.Name',
        String(Name),
      );
    }
    if (filter[name] !== undefined) {
      throw invalidArgument(
        `Cannot specify more than one ${name} rule in a filter.`,
        'FilterRule.Name',
        name,
      );
    }
    filter[name] = Value;
  }
  return { id: Id ?? randomUUID(), functionArn: LambdaFunctionArn, events: [...Events], ...filter };
}

function checkTogether(rules: readonly NotificationRule[]): void {
  for (const [index, rule] of rules.entries()) {
    for (const earlier of rules.slice(0, index)) {
      if (earlier.id === rule.id) {
        throw new AwsError(
          'InvalidArgument',
          'Same ID used for multiple configurations. IDs must be unique',
          400,
        );
      }
      if (rulesOverlap(earlier, rule)) {
        throw new AwsError(
          'InvalidArgument',
          'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
          400,
        );
      }
    }
  }
}

function checkPermission(state: S3State, functionArn: string, bucketArn: string): void {
  const permission = state.events.mayInvoke(functionArn, bucketArn, 's3.amazonaws.com');
  if (permission.allowed) return;
  throw new AwsError('InvalidArgument', 'Unable to validate the following destination configurations', 400, {
    ArgumentName1: `${functionArn}, null`,
    ArgumentValue1: `Not authorized to invoke function [${functionArn}]`,
  });
}

function describeRule({
  id,
  functionArn,
  events,
  prefix,
  suffix,
}: NotificationRule): LambdaFunctionConfiguration {
  const FilterRules = [
    ...(prefix === undefined ? [] : [{ Name: 'Prefix' as 'prefix', Value: prefix }]),
    ...(suffix === undefined ? [] : [{ Name: 'Suffix' as 'suffix', Value: suffix }]),
  ];
  return {
    Id: id,
    LambdaFunctionArn: functionArn,
    Events: events as LambdaFunctionConfiguration['Events'],
    ...(FilterRules.length === 0 ? {} : { Filter: { Key: { FilterRules } } }),
  };
}
