import { readdirSync, watch } from 'node:fs';

/** Resolves with the first name in the folder that begins so. */
export async function appears(dir: string, beginning: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const look = () => {
    const name = readdirSync(dir).find((one) => one.startsWith(beginning));
    if (name !== undefined) resolve(name);
  };
  const watcher = watch(dir, look);
  try {
    look();
    return await promise;
  } finally {
    watcher.close();
  }
}
