/** All columns that JMeter can save, in the only order in which it reads them. */
export const allColumns = [
  'timeStamp',
  'elapsed',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'dataType',
  'success',
  'failureMessage',
  'bytes',
  'sentBytes',
  'grpThreads',
  'allThreads',
  'URL',
  'Filename',
  'Latency',
  'Encoding',
  'SampleCount',
  'ErrorCount',
  'Hostname',
  'IdleTime',
  'Connect',
] as const;
export type JtlColumn = (typeof allColumns)[number];

/** What JMeter 5 saves unless told otherwise. */
export const defaultColumns = [
  'timeStamp',
  'elapsed',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'dataType',
  'success',
  'failureMessage',
  'bytes',
  'sentBytes',
  'grpThreads',
  'allThreads',
  'URL',
  'Latency',
  'IdleTime',
  'Connect',
] as const satisfies readonly JtlColumn[];

/** Without one of these JMeter's dashboard cannot be made (measured with 5.6.3). */
export const requiredColumns: readonly JtlColumn[] = [
  'timeStamp',
  'elapsed',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'success',
  'bytes',
  'grpThreads',
  'allThreads',
  'Latency',
];
