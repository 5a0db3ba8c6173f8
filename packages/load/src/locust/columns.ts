/** The percentiles that Locust writes, by the name of their column. */
export const percentiles = [
  ['50%', 0.5],
  ['66%', 0.66],
  ['75%', 0.75],
  ['80%', 0.8],
  ['90%', 0.9],
  ['95%', 0.95],
  ['98%', 0.98],
  ['99%', 0.99],
  ['99.9%', 0.999],
  ['99.99%', 0.9999],
  ['100%', 1],
] as const;
export const percentileShares: readonly number[] = percentiles.map(([, share]) => share);
const percentileColumns = percentiles.map(([column]) => column);

export const statsColumns: readonly string[] = [
  'Type',
  'Name',
  'Request Count',
  'Failure Count',
  'Median Response Time',
  'Average Response Time',
  'Min Response Time',
  'Max Response Time',
  'Average Content Size',
  'Requests/s',
  'Failures/s',
  ...percentileColumns,
];

export const historyColumns: readonly string[] = [
  'Timestamp',
  'User Count',
  'Type',
  'Name',
  'Requests/s',
  'Failures/s',
  ...percentileColumns,
  'Total Request Count',
  'Total Failure Count',
  'Total Median Response Time',
  'Total Average Response Time',
  'Total Min Response Time',
  'Total Max Response Time',
  'Total Average Content Size',
];

/** Newer versions of Locust add First Seen and Last Seen. */
export const failuresColumns: readonly string[] = ['Method', 'Name', 'Error', 'Occurrences'];

export const exceptionsColumns: readonly string[] = ['Count', 'Message', 'Traceback', 'Nodes'];
