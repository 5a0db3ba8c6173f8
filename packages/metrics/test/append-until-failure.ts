import { MetricsError, openMetricsWriter } from '../src/index.ts';
import { exampleRecord } from './example-record.ts';

/** Run as a process of its own under a file size limit: appends to the file given until a row fails, then once more. */
const writer = await openMetricsWriter(process.argv[2] ?? '');
const failures: string[] = [];
let rows = 0;
while (failures.length < 2) {
  try {
    await writer.append(exampleRecord());
    rows += 1;
  } catch (error) {
    if (!(error instanceof MetricsError)) throw error;
    failures.push(error.message);
  }
}
await writer.close();
process.stdout.write(JSON.stringify({ rows, failures }));
