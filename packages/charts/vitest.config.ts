import { defineConfig } from 'vitest/config';

// Drawing takes seconds where other suites share the cores; no test here is about speed.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
