const { realpathSync } = process.getBuiltinModule('node:fs');
const { registerHooks } = process.getBuiltinModule('node:module');
const { fileURLToPath, pathToFileURL } = process.getBuiltinModule('node:url');

/** What names a file, a built-in module or the module's own text, and not a package. */
const NO_PACKAGE = /^(?:\.{0,2}\/|\.{1,2}$|[a-z]+:)/;

/**
 * Keeps packages out that the task root does not bring. Node looks for them in every folder above, where on AWS there are
 * none: here a function that forgot a dependency would find that of the repository around the state folder.
 */
export function keepToTaskRoot(taskRoot) {
  const root = `${pathToFileURL(realpathSync(taskRoot)).href}/`;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const isOutside = resolved.url.startsWith('file:') && !resolved.url.startsWith(root);
      if (isOutside && !NO_PACKAGE.test(specifier) && context.parentURL?.startsWith(root)) {
        throw notFound(specifier, context);
      }
      return resolved;
    },
  });
}

/** As Node says it of a package that is nowhere. */
function notFound(specifier, { parentURL, conditions }) {
  const parent = fileURLToPath(parentURL);
  return conditions.includes('require')
    ? Object.assign(new Error(`Cannot find module '${specifier}'\nRequire stack:\n- ${parent}`), {
        code: 'MODULE_NOT_FOUND',
        requireStack: [parent],
      })
    : Object.assign(new Error(`Cannot find package '${specifier}' imported from ${parent}`), {
        code: 'ERR_MODULE_NOT_FOUND',
      });
}
