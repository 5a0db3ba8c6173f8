// Bundles the CLI and the Ink app (TSX is the one thing Node does not strip). Packages stay outside the bundle: they are
// TypeScript that Node runs as it is, and find their own files (fonts, workers) by their own place.
// Splitting keeps Ink and the stages out of the way of `--help`.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm(new URL('dist', import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: { cli: 'src/cli.ts', home: 'src/commands/home.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  jsx: 'automatic',
  sourcemap: true,
  logLevel: 'warning',
});
