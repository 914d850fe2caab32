/*
 * Builds the console and the API reference into dist-web/. Runs after `npm ci` in a clone (`prepare`); the packed tarball carries the result.
 * An installation without development dependencies has nothing to build with and needs nothing built. Plain JavaScript,
 * because such an installation may run it on a Node.js without type stripping.
 */
const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname
const vite = await import('vite').catch(absent('The console is not built: its tools'))
await vite?.build({ root: here, logLevel: 'warn' })
const reference = await import('./reference.js').catch(absent('The API reference is not built: its tools'))
await reference?.buildReference(`${here}/../dist-web/reference`)

function absent(what) {
  return error => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    console.error(`${what} are development dependencies, which are not installed.`)
  }
}
