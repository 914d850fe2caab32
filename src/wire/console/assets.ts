import type { World } from '../../core/world.ts'
import { header, type WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusal.ts'
import { type BundleFile, readBundle } from './bundle.ts'

export type AssetAsk = { file: string }

export const readAsset = (request: WireRequest): AssetAsk => ({ file: request.params['file'] ?? '' })

/** Serves only names that were read at the start, so no path can leave the folder. */
export function findAsset(_world: World, _who: undefined, { file }: AssetAsk): BundleFile {
  const found = readBundle()?.assets.get(file)
  if (!found) throw new Refusal('not-found', `no asset ${file}`)
  return found
}

export const takesGzip = (request: WireRequest): boolean =>
  /(^|,)\s*gzip\s*(;\s*q=(?!0(\.0+)?\s*(,|$))|,|$)/i.test(header(request, 'accept-encoding') ?? '')
