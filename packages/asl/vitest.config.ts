import { defineConfig } from 'vitest/config';

// Nothing here keeps state but caches of what was read: files share a process, so that a definition's outline is checked once.
export default defineConfig({ test: { isolate: false, testTimeout: 60_000 } });
