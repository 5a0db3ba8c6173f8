import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/** A reader sees the old file or the whole new one; a failure leaves the old one and no rest. */
export const writeAtomic = async (path: string, content: string | Uint8Array): Promise<void> => {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
};
