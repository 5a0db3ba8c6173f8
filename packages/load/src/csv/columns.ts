/**
 * The columns of the raw rows, in their order. Part of the file format: new ones go to the end, and files from before
 * are read without them.
 */
export const sampleColumns = [
  'sequence',
  'user',
  'method',
  'name',
  'status',
  'due_at_ms',
  'sent_at_ms',
  'first_byte_at_ms',
  'ended_at_ms',
  'service_ms',
  'response_ms',
  'response_code',
  'error',
  'sent_bytes',
  'received_bytes',
  'in_flight',
  'answer_id',
] as const;
