import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unzip } from './unzip.ts';

export interface StoredCode {
  /** Base64, as AWS shows it. */
  readonly codeSha256: string;
  readonly codeSizeBytes: number;
}

/** Says nothing, so that Node does not look further up for the kind of a package's modules: the repository's is ESM. */
const BARRIER = 'package.json';

/** Unpacked deployment packages, one folder per SHA-256 of the zip: `<sha in hex>/`. A folder with that name is complete. */
export class CodeStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, BARRIER), '{}\n');
  }

  /**
   * Removes what no function uses, and what an interrupted upload left. Only to be called at the start: later a request may
   * be about to use a folder, or an environment still run from it.
   */
  async clean(isUsed: (codeSha256: string) => boolean): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (name === BARRIER || isUsed(Buffer.from(name, 'hex').toString('base64'))) continue;
      await rm(join(this.#folder, name), { recursive: true, force: true });
    }
  }

  async add(zip: Uint8Array): Promise<StoredCode> {
    const codeSha256 = createHash('sha256').update(zip).digest('base64');
    const stored = { codeSha256, codeSizeBytes: zip.byteLength };
    const folder = this.folder(codeSha256);
    if (existsSync(folder)) return stored;
    const temporary = join(this.#folder, `new-${randomUUID()}`);
    await mkdir(temporary);
    try {
      await unzip(zip, temporary);
      await rename(temporary, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      // Another upload of the same package was quicker.
      if (!existsSync(folder)) throw error;
    }
    return stored;
  }

  folder(codeSha256: string): string {
    return join(this.#folder, Buffer.from(codeSha256, 'base64').toString('hex'));
  }
}
