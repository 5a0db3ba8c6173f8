import { RuntimeError } from './errors.mjs';
import { keepToTaskRoot } from './task-root.mjs';

const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
const { createRequire } = process.getBuiltinModule('node:module');
const { basename, dirname, join, resolve } = process.getBuiltinModule('node:path');
const { pathToFileURL } = process.getBuiltinModule('node:url');

/** Loads `folder/file.export.nested` below the task root, with AWS's error types. */
export async function loadHandler(taskRoot, handlerName) {
  if (handlerName.includes('..')) {
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${handlerName}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const [, moduleName, exportPath] = basename(handlerName).match(/^([^.]*)\.(.*)$/) ?? [];
  if (moduleName === undefined) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');

  keepToTaskRoot(taskRoot);
  const folder = resolve(taskRoot, dirname(handlerName));
  const module = await loadModule(taskRoot, folder, moduleName);
  const handler = find(module, exportPath) ?? find(module?.default, exportPath);
  if (handler === undefined) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is not a function`);
  }
  refuseCallbacks(handler);
  return handler;
}

async function loadModule(taskRoot, folder, moduleName) {
  const require = createRequire(join(taskRoot, 'runtime.cjs'));
  try {
    for (const extension of ['.js', '.mjs', '.cjs']) {
      const path = join(folder, `${moduleName}${extension}`);
      if (!existsSync(path)) continue;
      return isEcmaScriptModule(path, extension, taskRoot)
        ? await import(pathToFileURL(path))
        : require(path);
    }
    return require(require.resolve(moduleName, { paths: [taskRoot, folder] }));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw asRuntimeError('Runtime.UserCodeSyntaxError', error);
    }
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      throw asRuntimeError('Runtime.ImportModuleError', error);
    }
    throw error;
  }
}

function isEcmaScriptModule(path, extension, taskRoot) {
  if (extension !== '.js') return extension === '.mjs';
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    if (folder === taskRoot || folder === dirname(folder)) return false;
  }
}

function find(module, exportPath) {
  return exportPath.split('.').reduce((value, key) => value?.[key], module);
}

/** Node.js 24 on Lambda takes no handler that asks for a callback. */
function refuseCallbacks(handler) {
  if (process.env.AWS_EXECUTION_ENV !== 'AWS_Lambda_nodejs24.x' || handler.length < 3) return;
  throw new RuntimeError(
    'Runtime.CallbackHandlerDeprecated',
    'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to ' +
      'modify this function to use a supported handler signature to use Node.js 24 or later. For more information see ' +
      'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
  );
}

function asRuntimeError(type, error) {
  const wrapped = new RuntimeError(type, `${error.name}: ${error.message}`, { cause: error });
  wrapped.stack = `${type}: ${error.stack}`;
  return wrapped;
}
