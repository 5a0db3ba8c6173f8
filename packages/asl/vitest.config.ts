import { defineConfig } from 'vitest/config';

// Real pictures are made and processed: seconds on an idle machine, more on one that builds other packages too.
export default defineConfig({ test: { testTimeout: 60_000 } });
