import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticErrorSchema } from '@smithy/types';
import { isOperationSchema, type OperationModel, operationModel } from './operation-model.ts';

export type ProtocolName = 'restXml' | 'restJson1' | 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'rpcV2Cbor';

/** One service as its SDK client describes it. */
export interface ServiceModel {
  /** The service's id; its signing name, but for apigatewayv2. */
  readonly id: string;
  /** In the scope of a signature. Two services can share one: both API Gateways sign as `apigateway`. */
  readonly signingName: string;
  readonly protocol: ProtocolName;
  /** Protocols that a request may choose by its headers: older clients of CloudWatch speak queries, the newest CBOR. */
  readonly alsoSpeaks?: readonly ProtocolName[];
  /** X-Amz-Target is `<targetPrefix>.<operation>`; empty but for awsJson. */
  readonly targetPrefix: string;
  /** The `Version` of the query protocol. */
  readonly apiVersion: string;
  readonly xmlNamespace: string;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly errors: ReadonlyMap<string, NormalizedSchema>;
}

/** What the schemas leave out; everything else is read from the client package. */
const DESCRIPTIONS: Readonly<
  Record<
    string,
    Omit<ServiceModel, 'id' | 'signingName' | 'operations' | 'errors'> & {
      signingName?: string;
      load: () => Promise<object>;
    }
  >
> = {
  s3: {
    protocol: 'restXml',
    targetPrefix: '',
    apiVersion: '2006-03-01',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    load: () => import('@aws-sdk/client-s3'),
  },
  lambda: {
    protocol: 'restJson1',
    targetPrefix: '',
    apiVersion: '2015-03-31',
    xmlNamespace: '',
    load: () => import('@aws-sdk/client-lambda'),
  },
  logs: {
    protocol: 'awsJson1_1',
    targetPrefix: 'Logs_20140328',
    apiVersion: '2014-03-28',
    xmlNamespace: '',
    load: () => import('@aws-sdk/client-cloudwatch-logs'),
  },
  iam: {
    protocol: 'awsQuery',
    targetPrefix: '',
    apiVersion: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    load: () => import('@aws-sdk/client-iam'),
  },
  sts: {
    protocol: 'awsQuery',
    targetPrefix: '',
    apiVersion: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    load: () => import('@aws-sdk/client-sts'),
  },
  states: {
    protocol: 'awsJson1_0',
    targetPrefix: 'AWSStepFunctions',
    apiVersion: '2016-11-23',
    xmlNamespace: '',
    load: () => import('@aws-sdk/client-sfn'),
  },
  dynamodb: {
    protocol: 'awsJson1_0',
    targetPrefix: 'DynamoDB_20120810',
    apiVersion: '2012-08-10',
    xmlNamespace: '',
    load: () => import('@aws-sdk/client-dynamodb'),
  },
  apigateway: {
    protocol: 'restJson1',
    targetPrefix: '',
    apiVersion: '2015-07-09',
    xmlNamespace: '',
    load: () => import('@aws-sdk/client-api-gateway'),
  },
  apigatewayv2: {
    signingName: 'apigateway',
    protocol: 'restJson1',
    targetPrefix: '',
    apiVersion: '2018-11-29',
    xmlNamespace: '',
    load: () => import('@aws-sdk/client-apigatewayv2'),
  },
  monitoring: {
    protocol: 'awsJson1_0',
    alsoSpeaks: ['awsQuery', 'rpcV2Cbor'],
    targetPrefix: 'GraniteServiceVersion20100801',
    apiVersion: '2010-08-01',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    load: () => import('@aws-sdk/client-cloudwatch'),
  },
};

export async function loadServiceModel(id: string): Promise<ServiceModel> {
  const description = DESCRIPTIONS[id];
  if (description === undefined) {
    throw new Error(
      `No protocol is described for the service '${id}': expected one of ${Object.keys(DESCRIPTIONS).join(', ')}.`,
    );
  }
  const { load, signingName = id, ...rest } = description;
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, NormalizedSchema>();
  for (const schema of Object.values(await load())) {
    if (isOperationSchema(schema)) operations.set(schema[2], operationModel(schema));
    else if (isErrorSchema(schema)) errors.set(schema[2], NormalizedSchema.of(schema));
  }
  return { id, signingName, ...rest, operations, errors };
}

function isErrorSchema(value: unknown): value is StaticErrorSchema {
  return Array.isArray(value) && value[0] === -3;
}
