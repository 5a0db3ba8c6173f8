import { createHash } from 'node:crypto';
import { outputName } from '@skyground/imaging';

import { ImageProcessorError } from './errors.ts';

/** Every key of the tool begins so, in any bucket: the notification's filter and the policy's scope. */
export const KEY_PREFIX = 'skyground-';
/** The merged rows of the latest run, in the output bucket. */
export const MERGED_METRICS_KEY = 'metrics/lambda_metrics.csv';
/** User metadata of the merged file that says which run wrote it, and that the tool may delete it. */
export const RUN_METADATA_NAME = 'skyground-run';

const RUN_ID = /^skyground-\d{8}T\d{6}Z-[0-9a-f]{4}$/;
/** S3 takes keys of 1,024 bytes; the rest is for run id, folder, number and `.jpg`. */
const MAX_IMAGE_NAME_BYTES = 900;

/** One image of a run to be measured. `repetition` counts from 1. */
export interface InputImage {
  readonly kind: 'input';
  readonly runId: string;
  readonly repetition: number;
  readonly image: string;
}

/** One image that only warms environments up. `index` counts from 0. */
export interface WarmupImage {
  readonly kind: 'warmup';
  readonly runId: string;
  readonly index: number;
  readonly image: string;
}

export type KeyedImage = InputImage | WarmupImage;

export function isRunId(text: string): boolean {
  return RUN_ID.test(text);
}

/** `<runId>/in/<repetition>/<image>`. @throws ImageProcessorError for a name that no key can carry. */
export function inputKey(input: Omit<InputImage, 'kind'>): string {
  return `${checkedRunId(input.runId)}/in/${checkedNumber('repetition', input.repetition, 1)}/${checkedName(input.image)}`;
}

/** `<runId>/warmup/<index>/<image>`. @throws ImageProcessorError for a name that no key can carry. */
export function warmupKey(warmup: Omit<WarmupImage, 'kind'>): string {
  return `${checkedRunId(warmup.runId)}/warmup/${checkedNumber('index', warmup.index, 0)}/${checkedName(warmup.image)}`;
}

/** What an input or warm-up key says; undefined for every other key (outputs, parts, a person's own objects). */
export function parseInputKey(key: string): KeyedImage | undefined {
  const match = /^([^/]+)\/(in|warmup)\/(0|[1-9]\d{0,8})\/(.+)$/su.exec(key);
  const [, runId = '', folder, number = '', image = ''] = match ?? [];
  if (!isRunId(runId) || faultOfName(image) !== undefined) return undefined;
  if (folder === 'warmup') return { kind: 'warmup', runId, index: Number(number), image };
  return number === '0' ? undefined : { kind: 'input', runId, repetition: Number(number), image };
}

/** Where the processed image goes: `<runId>/out/<repetition>/<output name>`, of a warm-up `<runId>/warmup-out/...`. */
export function outputKey(image: KeyedImage): string {
  return image.kind === 'input'
    ? `${image.runId}/out/${image.repetition}/${outputName(image.image)}`
    : `${image.runId}/warmup-out/${image.index}/${outputName(image.image)}`;
}

/**
 * Where the row goes: `<runId>/parts/<sha256 of the input key>-<event sequencer>.json`, of a warm-up `<runId>/warmup-parts/...`.
 * One delivery of one upload has one such key, however often it is delivered.
 */
export function partKey(image: KeyedImage, sequencer: string): string {
  const key = image.kind === 'input' ? inputKey(image) : warmupKey(image);
  const digest = createHash('sha256').update(key).digest('hex');
  return `${partsPrefix(image.runId, image.kind)}${digest}-${sequencer}.json`;
}

/** Where all parts of a run are listed. */
export function partsPrefix(runId: string, kind: KeyedImage['kind']): string {
  return `${checkedRunId(runId)}/${kind === 'input' ? 'parts' : 'warmup-parts'}/`;
}

/** The run that a key belongs to; undefined for a key that is not the tool's, such as a person's `skyground-notes.txt`. */
export function runIdOf(key: string): string | undefined {
  const [first = ''] = key.split('/', 1);
  return key.includes('/') && isRunId(first) ? first : undefined;
}

function checkedRunId(runId: string): string {
  if (isRunId(runId)) return runId;
  throw new ImageProcessorError(
    `Run id: expected skyground-<yyyymmddThhmmssZ>-<4 hex digits>, received ${JSON.stringify(runId)}.`,
  );
}

function checkedNumber(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= 999_999_999) return value;
  throw new ImageProcessorError(
    `${name}: expected a whole number from ${least} to 999,999,999, received ${value}.`,
  );
}

function checkedName(image: string): string {
  const fault = faultOfName(image);
  if (fault === undefined) return image;
  throw new ImageProcessorError(
    `Image name ${JSON.stringify(abbreviated(image))}: ${fault}. Rename the file.`,
  );
}

/** A name is a relative path; nothing in it may mean another place, or be lost on its way through URL, XML and file system. */
function faultOfName(image: string): string | undefined {
  const segments = image.split('/');
  if (image === '') return 'expected a name, received none';
  if (segments.includes('')) return 'expected a relative path without a leading, trailing or double slash';
  if (segments.includes('.') || segments.includes('..')) return 'expected a path without . and .. in it';
  // XML, in which S3 lists and deletes, cannot carry them.
  if (/[\p{Cc}\ufffe\uffff]/u.test(image)) return 'expected no control characters';
  if (!image.isWellFormed()) return 'expected well-formed Unicode, received half a surrogate pair';
  const sizeBytes = Buffer.byteLength(image);
  if (sizeBytes > MAX_IMAGE_NAME_BYTES)
    return `expected at most ${MAX_IMAGE_NAME_BYTES} bytes as UTF-8, it has ${sizeBytes}`;
  return undefined;
}

function abbreviated(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
