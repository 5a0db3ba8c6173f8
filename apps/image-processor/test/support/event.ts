import type { S3EventRecord } from '../../src/s3-event.ts';

/** The event record of an upload, as S3 writes it. */
export function eventRecord(upload: {
  readonly bucket: string;
  readonly key: string;
  readonly eTag: string;
  readonly sizeBytes: number;
  readonly sequencer?: string;
}): S3EventRecord {
  return {
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    eventTime: '2026-11-21T10:15:00.000Z',
    s3: {
      bucket: { name: upload.bucket },
      object: {
        key: new URLSearchParams([['', upload.key]]).toString().slice(1).replaceAll('%2F', '/'),
        size: upload.sizeBytes,
        eTag: upload.eTag.replaceAll('"', ''),
        sequencer: upload.sequencer ?? '0055AED6DCD90281E5',
      },
    },
  };
}
