import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import scalar from '@scalar/fastify-api-reference'
import fastify from 'fastify'

/*
 * Builds the API reference: Scalar's script, our start of it, and our colours. The plugin for Fastify is the smallest
 * package that contains the script whole. The files are compressed here, because the script has 4 MB.
 */
export async function buildReference(folder) {
  const here = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'reference')
  await mkdir(folder, { recursive: true })
  const write = async (type, parts) => {
    const text = parts.join('\n')
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 8)
    await writeFile(join(folder, `reference-${hash}.${type}.gz`), gzipSync(text, { level: 9 }))
  }
  await write('js', [await scriptOfScalar(), await readFile(join(here, 'start.js'), 'utf8')])
  await write('css', [await readFile(join(here, 'reference.css'), 'utf8')])
}

async function scriptOfScalar() {
  const server = fastify()
  await server.register(scalar, { routePrefix: '/docs', configuration: { url: '/openapi.json' } })
  const { statusCode, body } = await server.inject('/docs/js/scalar.js')
  await server.close()
  if (statusCode !== 200) throw new Error(`Scalar's plugin answered ${statusCode} instead of its script`)
  return body.replace(/\n\/\/# sourceMappingURL=.*$/, '')
}
