/** Which test judges an entry of shapes.json, or why none does. The first rule that fits an entry counts; one that none fits fails. */
export interface WireRule {
  /** `group/member/name` */
  readonly entry: RegExp;
  readonly verdict:
    | { readonly file: string /** Its title ends so; `{name}` is the entry's. */; readonly title: string }
    | { readonly notApplicable: string };
}

const judged = (entry: RegExp, file: string, title: string): WireRule => ({
  entry,
  verdict: { file: `test/${file}.test.ts`, title },
});
const none = (entry: RegExp, notApplicable: string): WireRule => ({ entry, verdict: { notApplicable } });

const RETRIES =
  'a failing function is run again after one and two minutes, then its record goes to the destination';
const AGE = 'an event whose retry would come after its age is given up';
const SUCCESS = 'no retries when none are wanted; on success the record goes to a function';
const TIMEOUT = 'a hanging handler is killed, its environment keeps files but not memory';
const MISSING_GROUP = 'what AWS was recorded to answer a missing group';

export const WIRE_RULES: readonly WireRule[] = [
  none(/^s3_preconditions\/.*versioned_bucket$/, 'bucket versioning is not built'),
  none(/^s3_preconditions\/.*\/(TestS3|TestS3CopySourcePreconditions)::/, 'recorded without its requests'),
  judged(/^s3_preconditions\//, 's3/preconditions', 'recorded sequence {name}'),

  judged(
    /^s3_event_record\/records_wire_order\//,
    's3/notifications',
    'the event record is the recorded one, member by member, in its order',
  ),
  none(/^s3_event_record\/lambda_recordings/, 'the same record as records_wire_order, without its order'),
  none(/^s3_event_record\/lambda_configuration_errors/, 'not judged'),
  none(/^s3_event_record_variants\//, 'recorded through SQS, which is not built'),

  judged(/^lambda_destinations\/.*test_retries$/, 'lambda/asynchronous', RETRIES),
  judged(/^lambda_destinations\/.*test_maxeventage$/, 'lambda/asynchronous', AGE),
  judged(/^lambda_destinations\/.*invocation\[payload0\]$/, 'lambda/asynchronous', SUCCESS),
  none(/^lambda_destinations\/.*Eventbridge/, 'EventBridge is not built'),
  none(/^lambda_destinations\//, 'not judged'),
  judged(
    /^lambda_dlq\/recording\/receive_result$/,
    'lambda/asynchronous',
    'a dead letter is the event with its attributes',
  ),
  none(/^lambda_dlq\//, 'not judged'),

  judged(
    /^lambda_throttling\/.*\/concurrency_block$/,
    'lambda/concurrency',
    'over the account limit a synchronous invoke is refused with 429',
  ),
  judged(
    /^lambda_throttling\/.*\/reserved_zero$/,
    'lambda/concurrency',
    'reserved concurrency is kept, shown and given back',
  ),
  none(/^lambda_throttling\//, 'not judged'),

  judged(
    /^lambda_function_errors\/.*test_lambda_handler_exit$/,
    'lambda/function-errors',
    'exit at the handler, as recorded',
  ),
  judged(/^lambda_function_errors\/.*payload_encoding_error/, 'lambda/invoke', '{name}'),
  judged(/^lambda_function_errors\/.*\/timeout$/, 'lambda/function-errors', TIMEOUT),
  judged(
    /^lambda_function_errors\/.*\/response_too_large$/,
    'lambda/function-errors',
    'a response over 6 MB',
  ),
  judged(/^lambda_function_errors\/.*\/unknown_function$/, 'lambda/invoke', 'an unknown function'),
  none(/^lambda_function_errors\/.*TestLambdaErrors::|uncaught_by_runtime$/, "another runtime's form"),
  none(/^lambda_function_errors\//, 'not judged'),

  judged(/^lambda_invoke_types\/.*request_response\[python3\.10\]$/, 'lambda/invoke', ' RequestResponse'),
  judged(/^lambda_invoke_types\/.*type_event\[python3\.10\]$/, 'lambda/invoke', ' Event'),
  judged(/^lambda_invoke_types\/.*dry_run\[python3\.10\]$/, 'lambda/invoke', ' DryRun'),
  judged(
    /^lambda_invoke_types\/.*\[nodejs-RequestResponse\]$/,
    'lambda/invoke',
    'a handler that returns nothing answers null',
  ),
  none(/^lambda_invoke_types\//, 'not judged'),
  none(/^lambda_url_http\//, 'function URLs are not built'),

  judged(
    /^apigateway_rest_proxy_v1\/events\/invocation-payload-with-params-encoding-multi$/,
    'apigateway/rest-api-recordings',
    'a POST with repeated parameters is the event that was recorded',
  ),
  judged(
    /^apigateway_rest_proxy_v1\/events\//,
    'apigateway/rest-api-recordings',
    '{name} is the event that was recorded',
  ),
  judged(
    /^apigateway_rest_proxy_v1\/response_validation\//,
    'apigateway/rest-api-recordings',
    '{name} is answered as recorded',
  ),
  none(/^apigateway_rest_proxy_v1\/header_data_mapping\//, 'HTTP proxy integrations are not built'),

  judged(
    /^logs_filter_events\/events\//,
    'logs/events',
    'events have the recorded members and keep their text',
  ),
  judged(/filter_log_events_limit_validation$/, 'logs/events', 'FilterLogEvents over its limit'),
  judged(/filter_log_events_unknown_token$/, 'logs/events', 'FilterLogEvents with an unknown token'),
  judged(/put_log_events_to_invalid_stream$/, 'logs/events', 'PutLogEvents to a missing stream'),
  judged(/put_log_events_wrong_order$/, 'logs/events', 'PutLogEvents out of order'),
  judged(/get_log_events_invalid_token$/, 'logs/events', 'GetLogEvents with an invalid token'),
  judged(/get_log_events_limit_validation$/, 'logs/events', 'GetLogEvents over its limit'),
  judged(/TestLogsEventsErrors::test_resource_does_not_exist$/, 'logs/events', MISSING_GROUP),
  none(/^logs_filter_events\//, 'not judged'),
];
