import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { build, type Plugin } from 'esbuild';

import { CloudError } from '../errors.ts';
import { type CompileCacheOptions, withCompileCache } from './compile-cache.ts';
import { sharpNativeFiles } from './native-packages.ts';
import type { PlatformName } from './platform.ts';
import { deterministicZip, type ZipFileEntry } from './zip.ts';

export interface Bundle {
  readonly files: readonly ZipFileEntry[];
  /** The files in one. */
  readonly zip: Buffer;
  /** SHA-256 of the zip in base64, as Lambda reports it. */
  readonly codeSha256: string;
}

/** The file inside the zip; `.cjs`, so that it is CommonJS wherever the zip is unpacked, whatever package.json lies above. */
const BUNDLE_FILE = 'index.cjs';

/** The handler setting of a function made from a bundle. */
export const BUNDLE_HANDLER = 'index.handler';

/**
 * One file from an entry point that exports `handler`, with the AWS SDK at our pinned version, plus sharp's binary for the
 * platform where it is used. The same sources give the same bytes in any folder at any time.
 *
 * CommonJS with ES-module sources (`module` before `main`) and sharp's own JavaScript inside: the leanest start that was
 * measured (docs/decisions/0003-lambda-bundle.md).
 *
 * @param compileCache adds V8's compile cache of the code.
 */
export async function bundleFunction(
  entryPoint: string,
  platform: PlatformName,
  compileCache?: CompileCacheOptions,
): Promise<Bundle> {
  const natives = new NativeImports();
  const result = await build({
    entryPoints: [entryPoint],
    absWorkingDir: dirname(entryPoint),
    outfile: BUNDLE_FILE,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
    banner: { js: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.url': 'importMetaUrl' },
    // `require` instead of `import()` for what stays outside: code that V8 gets with a cache has no loader of modules behind it.
    supported: { 'dynamic-import': false },
    plugins: [natives.plugin],
  }).catch((cause: unknown) => {
    throw new CloudError(
      `The function cannot be bundled from ${entryPoint}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  });
  const code = result.outputFiles.map(({ contents }) => ({ path: BUNDLE_FILE, data: contents }));
  const native = natives.importer === undefined ? [] : await sharpNativeFiles(natives.importer, platform);
  const compiled = [...code, ...native];
  const files =
    compileCache === undefined ? compiled : await withCompileCache(compiled, platform, compileCache);
  const zip = await deterministicZip(files);
  return { files, zip, codeSha256: createHash('sha256').update(zip).digest('base64') };
}

/** Leaves sharp's prebuilt packages out of the file, and remembers who imports them. */
class NativeImports {
  importer: string | undefined;

  readonly plugin: Plugin = {
    name: 'sharp-native',
    setup: (build) => {
      build.onResolve({ filter: /^@img\/sharp-/ }, ({ path, resolveDir }) => {
        this.importer = resolveDir;
        return { path, external: true };
      });
    },
  };
}
