import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticErrorSchema } from '@smithy/types';
import { isOperationSchema, type OperationModel, operationModel } from './operation-model.ts';

export type ProtocolName = 'restXml' | 'restJson1' | 'awsJson1_1' | 'awsQuery';

/** One service as its SDK client describes it. */
export interface ServiceModel {
  /** Signing name. */
  readonly id: string;
  readonly protocol: ProtocolName;
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
  Record<string, Omit<ServiceModel, 'id' | 'operations' | 'errors'> & { load: () => Promise<object> }>
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
};

export async function loadServiceModel(id: string): Promise<ServiceModel> {
  const description = DESCRIPTIONS[id];
  if (description === undefined) {
    throw new Error(
      `No protocol is described for the service '${id}': expected one of ${Object.keys(DESCRIPTIONS).join(', ')}.`,
    );
  }
  const { load, ...rest } = description;
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, NormalizedSchema>();
  for (const schema of Object.values(await load())) {
    if (isOperationSchema(schema)) operations.set(schema[2], operationModel(schema));
    else if (isErrorSchema(schema)) errors.set(schema[2], NormalizedSchema.of(schema));
  }
  return { id, ...rest, operations, errors };
}

function isErrorSchema(value: unknown): value is StaticErrorSchema {
  return Array.isArray(value) && value[0] === -3;
}
