import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ImagingError, MAX_INPUT_BYTES, type ProcessedImage, processImage } from '@skyground/imaging';

import type { FileResult, WorkerConfig, WorkerRequest } from './messages.ts';
import { readVersion } from './read-version.ts';

/** Runs work when it is this image's turn; at most one image of a worker is processed at a time. */
type TakeTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Reads, processes and stores one image. Never throws: whatever goes wrong is a result. */
export async function processFile(
  request: WorkerRequest,
  config: WorkerConfig,
  takeTurn: TakeTurn,
): Promise<FileResult> {
  const known: Known = { version: null, originalSizeBytes: null, downloadMs: null };
  try {
    const readStartMs = performance.now();
    const file = await readVersion(request.path, MAX_INPUT_BYTES);
    const downloadMs = performance.now() - readStartMs;
    if (file.status === 'not-a-file') return failed(known, 'image', 'unreadable: expected a regular file');
    known.version = file.version;
    known.originalSizeBytes = file.status === 'read' ? file.bytes.byteLength : file.sizeBytes;
    known.downloadMs = downloadMs;
    if (file.status === 'changed') return failed(known, 'fault', 'unreadable: it changed while it was read');

    // A file over the limit is left to imaging, which refuses it by its size and says so in its own words.
    const input = file.status === 'read' ? file.bytes : request.path;
    return await takeTurn(async () => {
      const options = { ...config.processOptions, name: request.image };
      const processed = await processImage(input, options);
      const storeStartMs = performance.now();
      store(processed, request.outputPath, config.partialPath);
      return {
        status: 'ok',
        version: file.version,
        downloadMs,
        processingTimeMs: processed.processingTimeMs,
        uploadMs: performance.now() - storeStartMs,
        input: processed.input,
        output: processed.output,
        timestamp: new Date().toISOString(),
      };
    });
  } catch (error) {
    if (error instanceof ImagingError)
      return failed(known, error.permanent ? 'image' : 'fault', `${error.code}: ${error.message}`);
    if (error instanceof Error && 'syscall' in error && known.version === null) {
      const cause = 'code' in error && error.code === 'ENOENT' ? 'missing' : 'image';
      return failed(known, cause, `unreadable: expected a readable file: ${error.message}`);
    }
    return failed(known, 'fault', `failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface Known {
  version: string | null;
  originalSizeBytes: number | null;
  downloadMs: number | null;
}

function failed(known: Known, cause: 'image' | 'missing' | 'fault', error: string): FileResult {
  return { status: 'error', cause, error, ...known, timestamp: new Date().toISOString() };
}

/**
 * A reader sees no output or a whole one. Synchronous: no image of this worker is being timed at this point,
 * and the next one begins sooner.
 */
function store(processed: ProcessedImage, outputPath: string | null, partialPath: string): void {
  writeFileSync(partialPath, processed.data);
  if (outputPath === null) {
    rmSync(partialPath);
    return;
  }
  try {
    renameSync(partialPath, outputPath);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    mkdirSync(dirname(outputPath), { recursive: true });
    renameSync(partialPath, outputPath);
  }
}
