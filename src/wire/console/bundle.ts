import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/* The built console (`npm run build:web`): a few dozen small files, read into memory once. */

export type BundleFile = { plain: Uint8Array; gzip: Uint8Array; type: string }
export type Bundle = { page: string; assets: ReadonlyMap<string, BundleFile> }

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'dist-web')
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

let known: Bundle | undefined

/** Returns undefined if the console is not built, and looks again at the next request. */
export function readBundle(): Bundle | undefined {
  known ??= loadBundle()
  return known
}

function loadBundle(): Bundle | undefined {
  let page: string
  try {
    page = readFileSync(join(FOLDER, 'index.html'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const assets = new Map<string, BundleFile>()
  for (const name of readdirSync(join(FOLDER, 'assets'))) {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)]
    if (!type) continue
    const plain = readFileSync(join(FOLDER, 'assets', name))
    assets.set(name, { plain, gzip: gzipSync(plain), type })
  }
  return { page, assets }
}
