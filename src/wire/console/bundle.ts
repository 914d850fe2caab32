import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ASSET_TYPES, type Asset } from '../ui/files/asset.ts'

/* The built console (`npm run build:web`): a few dozen small files, read into memory once. */

export type Bundle = { page: string; assets: ReadonlyMap<string, Asset> }

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'dist-web')

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
  const assets = new Map<string, Asset>()
  for (const name of readdirSync(join(FOLDER, 'assets'))) {
    const type = ASSET_TYPES[name.slice(name.lastIndexOf('.') + 1)]
    if (!type) continue
    assets.set(name, { gzip: gzipSync(readFileSync(join(FOLDER, 'assets', name))), type })
  }
  return { page, assets }
}
