import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WireRequest } from '../../../http/request.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { ASSET_TYPES, type Asset } from '../../ui/files/asset.ts'

/* The script and the style sheet of the reference (`npm run build:web`). They are read at their first use and kept. */

export type ReferenceFiles = { script: string; styles: string; assets: ReadonlyMap<string, Asset> }

const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'dist-web', 'reference')
const FILE = /^(reference-[\w-]+\.(js|css))\.gz$/

let known: ReferenceFiles | undefined

/** Returns undefined if the reference is not built. */
export function readReference(): ReferenceFiles | undefined {
  known ??= load()
  return known
}

function load(): ReferenceFiles | undefined {
  const assets = new Map<string, Asset>()
  for (const file of list()) {
    const [, name, ending] = FILE.exec(file) ?? []
    const type = ending && ASSET_TYPES[ending]
    if (name && type) assets.set(name, { gzip: readFileSync(join(FOLDER, file)), type })
  }
  const named = (ending: string) => [...assets.keys()].find(name => name.endsWith(ending))
  const [script, styles] = [named('.js'), named('.css')]
  return script && styles ? { script, styles, assets } : undefined
}

function list(): string[] {
  try {
    return readdirSync(FOLDER)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

export const readFileName = ({ params }: WireRequest): string => params['file'] ?? ''

export function findFile(_world: unknown, _who: unknown, name: string): Asset {
  const found = readReference()?.assets.get(name)
  if (!found) throw new Refusal('not-found', `no file ${name}`)
  return found
}
