import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../clock.ts';
import type { ObjectStore } from '../../../server/ports.ts';
import { transaction } from '../../../storage/transaction.ts';
import { withoutSync } from '../../../storage/without-sync.ts';
import type { FunctionRecord } from '../function-record.ts';
import { type Destination, deliverToBucket, parseDestination } from './destinations.ts';
import type { EventQueue } from './event-queue.ts';
import { deadLetter, type FinishedEvent, invocationRecord } from './invocation-record.ts';

export interface DeliverySettings {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly queue: EventQueue;
  readonly objects: () => ObjectStore;
  /** A fault of the cloud itself, or a record that could not be delivered. */
  readonly onFault: (fault: unknown, doing: string) => void;
}

interface Delivery {
  readonly destination: Destination;
  readonly document: string;
}

/**
 * Delivers the records that are asked for, then forgets the event. A kill in between delivers twice. A destination that
 * refuses its record loses it, as on AWS (its metric is DestinationDeliveryFailures): the function is not run again for it.
 */
export async function finish(
  { database, clock, queue, objects, onFault }: DeliverySettings,
  record: FunctionRecord,
  finished: FinishedEvent,
): Promise<void> {
  const nowMs = clock.now();
  const toFunctions: { target: string; document: string }[] = [];
  for (const { destination, document } of deliveries(record, finished, nowMs)) {
    if (destination.kind === 'function') {
      toFunctions.push({ target: destination.target, document });
      continue;
    }
    await deliverToBucket(objects(), destination.bucket, record.name, document, nowMs).catch(
      (fault: unknown) =>
        onFault(fault, `the delivery of ${record.name}'s record to the bucket ${destination.bucket}`),
    );
  }
  if (toFunctions.length === 0) {
    withoutSync(database, () => queue.delete(finished.event));
    return;
  }
  transaction(database, () => {
    for (const { target, document } of toFunctions) queue.add(target, document, nowMs);
    queue.delete(finished.event);
  });
}

function deliveries(record: FunctionRecord, finished: FinishedEvent, nowMs: number): Delivery[] {
  const { onSuccessArn, onFailureArn } = record.eventInvokeConfig ?? {};
  const delivery = (
    arn: string | undefined,
    use: 'on-success' | 'on-failure' | 'dead-letter',
  ): Delivery[] => {
    if (arn === undefined) return [];
    const document = use === 'dead-letter' ? deadLetter(finished) : invocationRecord(record, finished, nowMs);
    return [{ destination: parseDestination(arn, use), document }];
  };
  return finished.condition === 'Success'
    ? delivery(onSuccessArn, 'on-success')
    : [...delivery(onFailureArn, 'on-failure'), ...delivery(record.deadLetterArn, 'dead-letter')];
}
