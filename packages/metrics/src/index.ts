export { type ImageRecord, imageRecordSchema } from './record.ts';
