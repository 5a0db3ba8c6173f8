import type { CloudEnvironment } from '../server/environment.ts';
import type { Service } from '../server/service.ts';
import { createApiGateways } from './apigateway/create-api-gateways.ts';
import { createDynamoDb } from './dynamodb/create-dynamodb.ts';
import { createIam } from './iam/create-iam.ts';
import { createLambda, type LambdaOptions } from './lambda/index.ts';
import { createLogs } from './logs/create-logs.ts';
import { createMonitoring } from './monitoring/create-monitoring.ts';
import { operationCaller } from './operation-caller.ts';
import { createS3 } from './s3/create-s3.ts';
import { createStates } from './states/create-states.ts';
import { createSts } from './sts/create-sts.ts';

/** Every service of the cloud, in the order of their start; they stop in reverse. The one place that names them. */
export function createServices(
  environment: CloudEnvironment,
  lambdaOptions: LambdaOptions,
): readonly Service[] {
  const logs = createLogs(environment);
  const monitoring = createMonitoring(environment);
  // Lambda and S3 call each other: one reads code, the other hands over events.
  const lambda = createLambda(
    environment,
    { logs: logs.writer, metrics: monitoring.writer, objects: () => s3.objectStore },
    lambdaOptions,
  );
  const s3 = createS3(environment, { events: lambda.events });
  const apiGateways = createApiGateways(environment, { functions: lambda.invoker });
  const states = createStates(environment, {
    functions: lambda.invoker,
    logs: logs.writer,
    operations: operationCaller(() => services),
  });
  const services = [
    logs,
    monitoring,
    createDynamoDb(environment),
    createIam(environment),
    createSts(environment),
    s3,
    lambda,
    ...apiGateways,
    states,
  ];
  return services;
}
