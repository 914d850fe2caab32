/*
 * Builds the console into dist-web/. Runs after `npm ci` in a clone (`prepare`); the packed tarball carries the result.
 * An installation without development dependencies has nothing to build with and needs nothing built. Plain JavaScript,
 * because such an installation may run it on a Node.js without type stripping.
 */
const vite = await import('vite').catch(error => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  console.error('The console is not built: its tools are development dependencies, which are not installed.')
})
await vite?.build({ root: import.meta.dirname ?? new URL('.', import.meta.url).pathname, logLevel: 'warn' })
