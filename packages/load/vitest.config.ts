import { defineConfig } from 'vitest/config';

// Threads and sockets are started here: seconds where other suites share the cores; no test is about speed.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
