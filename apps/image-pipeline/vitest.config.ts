import { defineConfig } from 'vitest/config';

// No test sleeps, but on a busy machine bundling six functions and child processes take their time.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 120_000 } });
