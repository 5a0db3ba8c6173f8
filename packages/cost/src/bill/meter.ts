import { add, divide, type Exact, exact, multiply, zero } from '../exact.ts';
import type { PriceItem } from '../prices/items.ts';
import type { CheckedUsage, ProvisionedUsage } from './usage.ts';

/** Quantities in the units of `priceItems`; an item that was not used is absent. */
export type Metered = ReadonlyMap<PriceItem, Exact>;

const mbPerGb = exact(1024);
const bytesPerGb = exact(2 ** 30);
const msPerSecond = exact(1000);
const msPerHour = exact(3_600_000);
const freeStorageMb = 512;
/** Five minutes. */
const secondsPerStep = 300;

/** Measured usage as AWS meters it. */
export function meter(usage: CheckedUsage): Metered {
  const metered = new Map<PriceItem, Exact>();
  const count = (item: PriceItem, quantity: Exact) => {
    if (quantity.numerator > 0n) metered.set(item, add(metered.get(item) ?? zero, quantity));
  };
  for (const { architecture, memoryMb, ephemeralStorageMb, requests, billedMs } of usage.lambda) {
    const seconds = divide(exact(billedMs), msPerSecond);
    count('lambda-requests', exact(requests));
    count(`lambda-duration-${architecture}`, multiply(seconds, gb(memoryMb)));
    count('lambda-ephemeral-storage', multiply(seconds, gb(ephemeralStorageMb - freeStorageMb)));
  }
  for (const provisioned of usage.lambdaProvisioned) meterProvisioned(provisioned, count);
  const { transitions, express } = usage.stepFunctions;
  count('step-functions-transitions', exact(transitions));
  for (const { executions, durationMs, memoryMb } of express) {
    const billedMs = exact(100 * Math.ceil(durationMs / 100));
    const billedGb = gb(64 * Math.ceil(memoryMb / 64));
    count('step-functions-express-requests', exact(executions));
    count(
      'step-functions-express-duration',
      multiply(exact(executions), multiply(divide(billedMs, msPerHour), billedGb)),
    );
  }
  count('s3-put-requests', exact(usage.s3.putRequests));
  count('s3-get-requests', exact(usage.s3.getRequests));
  count('dynamodb-write-units', exact(usage.dynamoDb.writeUnits));
  count('dynamodb-read-units', exact(usage.dynamoDb.readUnits));
  count('api-gateway-http-requests', exact(usage.apiGateway.httpRequests));
  count('api-gateway-rest-requests', exact(usage.apiGateway.restRequests));
  count('logs-ingested', divide(exact(usage.logs.ingestedBytes), bytesPerGb));
  count('transfer-out', divide(exact(usage.transfer.outBytes), bytesPerGb));
  return metered;
}

/** The environments for as long as they were kept, and their answers at a lower price. No free tier covers any of it. */
function meterProvisioned(
  {
    architecture,
    memoryMb,
    ephemeralStorageMb,
    concurrency,
    enabledMs,
    requests,
    billedMs,
  }: ProvisionedUsage,
  count: (item: PriceItem, quantity: Exact) => void,
): void {
  const enabledSeconds = exact(secondsPerStep * Math.ceil(enabledMs / (1000 * secondsPerStep)));
  const seconds = divide(exact(billedMs), msPerSecond);
  count('lambda-provisioned-requests', exact(requests));
  count(
    `lambda-provisioned-concurrency-${architecture}`,
    multiply(multiply(exact(concurrency), enabledSeconds), gb(memoryMb)),
  );
  count(`lambda-provisioned-duration-${architecture}`, multiply(seconds, gb(memoryMb)));
  count('lambda-ephemeral-storage', multiply(seconds, gb(ephemeralStorageMb - freeStorageMb)));
}

function gb(mb: number): Exact {
  return divide(exact(mb), mbPerGb);
}
