import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const folder =
  process.env['SKYGROUND_RECORDINGS'] ?? resolve(import.meta.dirname, '../../../../../shared/recordings');
const file = resolve(folder, 'wire/shapes.json');

const json = z.record(z.string(), z.json());
const result = z.looseObject({
  StatusCode: z.number(),
  Payload: z.json().optional(),
  FunctionError: z.string().optional(),
});
const refusal = z.looseObject({
  Error: z.looseObject({ Code: z.string(), Message: z.string() }),
  Type: z.string(),
  Reason: z.string().optional(),
  ResponseMetadata: z.looseObject({ HTTPStatusCode: z.number() }),
});
const queueBody = z.looseObject({
  Messages: z.array(z.looseObject({ Body: json, MessageAttributes: json.optional() })),
});

const shapes = z.looseObject({
  lambda_function_errors: z.looseObject({ recordings: z.record(z.string(), json) }),
  lambda_invoke_types: z.looseObject({ recordings: z.record(z.string(), json) }),
  lambda_throttling: z.looseObject({ recordings: z.record(z.string(), json) }),
  lambda_destinations: z.looseObject({ recordings: z.record(z.string(), json) }),
  lambda_dlq: z.looseObject({ recording: json }),
});

/** What AWS Lambda was recorded to answer; undefined where the recordings are absent. */
export function loadLambdaRecordings() {
  if (!existsSync(file)) return undefined;
  const recorded = shapes.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    functionError: (test: string, step: string) =>
      result.parse(recorded.lambda_function_errors.recordings[test]?.[step]),
    refusal: (test: string, step: string) =>
      refusal.parse(recorded.lambda_function_errors.recordings[test]?.[step]),
    invokeType: (test: string, step: string) =>
      result.parse(recorded.lambda_invoke_types.recordings[test]?.[step]),
    throttle: (test: string, step: string) =>
      refusal.parse(recorded.lambda_throttling.recordings[test]?.[step]),
    zeroConcurrencyRecord: () =>
      z.looseObject({ Body: json }).parse(recorded.lambda_throttling.recordings['reserved_zero']?.['msg'])
        .Body,
    destinationRecord: (test: string) =>
      queueBody.parse(recorded.lambda_destinations.recordings[test]?.['receive_message_result']).Messages[0]
        ?.Body,
    retriesRecord: () =>
      queueBody.parse(
        recorded.lambda_destinations.recordings['TestLambdaDestinationSqs::test_retries']?.[
          'queue_destination_payload'
        ],
      ).Messages[0]?.Body,
    eventAgeRecord: () =>
      z
        .looseObject({ Body: json })
        .parse(
          recorded.lambda_destinations.recordings['TestLambdaDestinationSqs::test_maxeventage']?.[
            'no_retry_failure_message'
          ],
        ).Body,
    deadLetter: () => queueBody.parse(recorded.lambda_dlq.recording['receive_result']).Messages[0],
  };
}

/** A refusal as the SDK throws it. */
export function asSdkError({ Error: error, Type, Reason, ResponseMetadata }: z.infer<typeof refusal>) {
  return {
    name: error.Code,
    message: error.Message,
    Type,
    ...(Reason === undefined ? {} : { Reason }),
    $metadata: { httpStatusCode: ResponseMetadata.HTTPStatusCode },
  };
}

/** The names of an object's members, in their order, with those of its objects. */
export function memberNames(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return typeof value;
  return Object.entries(value).map(([name, member]) => [name, memberNames(member)]);
}
