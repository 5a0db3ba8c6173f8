import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';

import model from '../../model/iris.json' with { type: 'json' };
import { createPredictor } from '../model/predict.ts';
import { createHandler } from './create-handler.ts';

const codeLoadedMs = performance.now();

/** Made at init, as is usual, and never called: what a function pays for clients that a request does not need. */
export const clients = { s3: new S3Client({}), dynamodb: new DynamoDBClient({}) };

const predictor = createPredictor(model);

/** The same classifier as predict.ts, in a bundle with two clients of the AWS SDK. */
export const handler = createHandler(predictor, { codeLoadedMs, initialisedMs: performance.now() });
