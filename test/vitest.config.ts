import { defineConfig } from 'vitest/config';

// Whole runs with real processes: one file at a time, so that they do not fight for the cores they measure on.
export default defineConfig({ test: { fileParallelism: false, testTimeout: 120_000, hookTimeout: 60_000 } });
