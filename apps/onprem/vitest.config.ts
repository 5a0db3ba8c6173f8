import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A limit for what hangs, not for what is slow: speed is measured in bench/.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
