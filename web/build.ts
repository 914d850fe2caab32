/*
 * Builds the console into dist-web/. Runs after `npm ci` in a clone (`prepare`); the packed tarball carries the result.
 * An installation without development dependencies has nothing to build with and needs nothing built.
 */
try {
  const { build } = await import('vite')
  await build({ root: import.meta.dirname, logLevel: 'warn' })
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
  console.error('The console is not built: its tools are development dependencies, which are not installed.')
}
