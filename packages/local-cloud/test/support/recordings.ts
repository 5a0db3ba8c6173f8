import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

/** The recordings of real AWS lie beside the repository, or where SKYGROUND_RECORDINGS says; the project carries no copy. */
const folder =
  process.env['SKYGROUND_RECORDINGS'] ?? resolve(import.meta.dirname, '../../../../../shared/recordings');
const file = resolve(folder, 'wire/shapes.json');

const error = z.looseObject({
  Error: z.looseObject({ Code: z.string(), Message: z.string() }),
  ResponseMetadata: z.looseObject({ HTTPStatusCode: z.number() }),
});

const shapes = z.looseObject({
  logs_filter_events: z.looseObject({
    events: z.record(z.string(), z.array(z.record(z.string(), z.string()))),
    errors: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});

/** undefined where the recordings are absent: tests then say `skipped: recordings not found`. */
export function loadLogsRecordings() {
  if (!existsSync(file)) return undefined;
  const { logs_filter_events: recorded } = shapes.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    eventMembers: Object.keys(recorded.events['log-events']?.[0] ?? {}),
    messages: recorded.events['log-events']?.map((event) => event['message'] ?? '') ?? [],
    /** As an SDK's error shows it. */
    error(test: string, key: string) {
      const { Error: body, ResponseMetadata } = error.parse(recorded.errors[test]?.[key]);
      return {
        name: body.Code,
        message: body.Message,
        $metadata: { httpStatusCode: ResponseMetadata.HTTPStatusCode },
      };
    },
  };
}
