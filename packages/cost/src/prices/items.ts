/** What Skyground can price: how a bill names it, and the unit its quantity is counted in. */
export const priceItems = {
  'lambda-requests': { service: 'Lambda', item: 'requests', unit: 'requests' },
  'lambda-duration-x86_64': { service: 'Lambda', item: 'duration x86_64', unit: 'GB-seconds' },
  'lambda-duration-arm64': { service: 'Lambda', item: 'duration arm64', unit: 'GB-seconds' },
  'lambda-ephemeral-storage': {
    service: 'Lambda',
    item: 'ephemeral storage above 512 MB',
    unit: 'GB-seconds',
  },
  'lambda-provisioned-requests': { service: 'Lambda', item: 'provisioned requests', unit: 'requests' },
  'lambda-provisioned-concurrency-x86_64': {
    service: 'Lambda',
    item: 'provisioned concurrency x86_64',
    unit: 'GB-seconds',
  },
  'lambda-provisioned-concurrency-arm64': {
    service: 'Lambda',
    item: 'provisioned concurrency arm64',
    unit: 'GB-seconds',
  },
  'lambda-provisioned-duration-x86_64': {
    service: 'Lambda',
    item: 'provisioned duration x86_64',
    unit: 'GB-seconds',
  },
  'lambda-provisioned-duration-arm64': {
    service: 'Lambda',
    item: 'provisioned duration arm64',
    unit: 'GB-seconds',
  },
  'step-functions-transitions': {
    service: 'Step Functions',
    item: 'Standard state transitions',
    unit: 'transitions',
  },
  'step-functions-express-requests': {
    service: 'Step Functions',
    item: 'Express requests',
    unit: 'requests',
  },
  'step-functions-express-duration': {
    service: 'Step Functions',
    item: 'Express duration',
    unit: 'GB-hours',
  },
  's3-put-requests': { service: 'S3', item: 'PUT, COPY, POST and LIST requests', unit: 'requests' },
  's3-get-requests': { service: 'S3', item: 'GET and other requests', unit: 'requests' },
  'dynamodb-write-units': { service: 'DynamoDB', item: 'write request units', unit: 'request units' },
  'dynamodb-read-units': { service: 'DynamoDB', item: 'read request units', unit: 'request units' },
  'api-gateway-http-requests': { service: 'API Gateway', item: 'HTTP API requests', unit: 'requests' },
  'api-gateway-rest-requests': { service: 'API Gateway', item: 'REST API requests', unit: 'requests' },
  'logs-ingested': { service: 'CloudWatch Logs', item: 'ingested', unit: 'GB' },
  'transfer-out': { service: 'Data transfer', item: 'out to the internet', unit: 'GB' },
} as const satisfies Record<string, { service: string; item: string; unit: string }>;

export type PriceItem = keyof typeof priceItems;

export type Service = (typeof priceItems)[PriceItem]['service'];

// Object.keys says string[]; the object above has no other keys.
export const priceItemNames = Object.keys(priceItems) as readonly PriceItem[];
