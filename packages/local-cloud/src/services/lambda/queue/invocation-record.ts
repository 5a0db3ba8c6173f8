import { type FunctionRecord, qualifiedArn } from '../function-record.ts';
import type { QueuedEvent } from './event-queue.ts';

export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

export interface FinishedEvent {
  readonly event: QueuedEvent;
  readonly condition: Condition;
  /** Times that the function was run. */
  readonly invokeCount: number;
  /** Of the last run; undefined if there was none. */
  readonly response: { readonly payload: string; readonly isFunctionError: boolean } | undefined;
}

/** The record that a destination gets, members in AWS's order. Event and response are embedded as the text they came as. */
export function invocationRecord(record: FunctionRecord, finished: FinishedEvent, nowMs: number): string {
  const { event, condition, invokeCount, response } = finished;
  const members = [
    `"version":"1.0"`,
    `"timestamp":${JSON.stringify(new Date(nowMs).toISOString())}`,
    `"requestContext":${JSON.stringify({
      requestId: event.requestId,
      functionArn: qualifiedArn(record),
      condition,
      approximateInvokeCount: invokeCount,
    })}`,
    `"requestPayload":${event.payload}`,
  ];
  if (response !== undefined) {
    const functionError = response.isFunctionError ? { functionError: 'Unhandled' } : {};
    members.push(
      `"responseContext":${JSON.stringify({ statusCode: 200, executedVersion: record.version, ...functionError })}`,
      `"responsePayload":${asJson(response.payload)}`,
    );
  }
  return `{${members.join(',')}}`;
}

const MAXIMUM_ERROR_MESSAGE_LENGTH = 1024;

/**
 * A dead letter: the event as the body, and the attributes that AWS puts on the message it sends to SQS. AWS has only SQS
 * and SNS here; our buckets and functions get the message as one document.
 */
export function deadLetter({ event, response }: FinishedEvent): string {
  const attribute = (dataType: 'String' | 'Number', value: string) => ({
    DataType: dataType,
    StringValue: value,
  });
  return JSON.stringify({
    Body: event.payload,
    MessageAttributes: {
      RequestID: attribute('String', event.requestId),
      ErrorCode: attribute('Number', response === undefined ? '429' : '200'),
      ErrorMessage: attribute(
        'String',
        errorMessage(response?.payload).slice(0, MAXIMUM_ERROR_MESSAGE_LENGTH),
      ),
    },
  });
}

function errorMessage(payload: string | undefined): string {
  if (payload === undefined) return 'Rate Exceeded.';
  const document: unknown = JSON.parse(asJson(payload));
  return typeof document === 'object' && document !== null && 'errorMessage' in document
    ? String(document.errorMessage)
    : payload;
}

/** A runtime other than ours may answer what is not JSON; it is then a string. */
function asJson(payload: string): string {
  try {
    JSON.parse(payload);
    return payload;
  } catch {
    return JSON.stringify(payload);
  }
}
