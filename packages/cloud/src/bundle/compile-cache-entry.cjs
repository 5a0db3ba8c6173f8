// The entry of a package that brings V8's compile cache of its code (compile-cache.ts puts it in). Beside it lie bundle.cjs, the
// code, and bundle.cache, except while that one is made.
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

const codeFile = path.join(__dirname, 'bundle.cjs');
const cacheFile = path.join(__dirname, 'bundle.cache');
const hasCache = existsSync(cacheFile);

const script = new Script(wrap(readFileSync(codeFile, 'utf8')), {
  // The name becomes part of the cache, which must not depend on the folder that it is made in. Whoever takes a cache gives its own.
  filename: hasCache ? codeFile : 'bundle.cjs',
  ...(hasCache ? { cachedData: readFileSync(cacheFile) } : {}),
});
// V8 takes only what its own version made with the same flags. An experiment has to know which of the two it measures.
if (hasCache) process.env.SKYGROUND_COMPILE_CACHE = script.cachedDataRejected ? 'rejected' : 'accepted';

const bundle = { exports: {} };
script.runInThisContext()(bundle.exports, createRequire(codeFile), bundle, codeFile, __dirname);

exports.handler = bundle.exports.handler;
/** After the code has run, so that the functions that loading it calls are in the cache, too. */
exports.createCachedData = () => script.createCachedData();
