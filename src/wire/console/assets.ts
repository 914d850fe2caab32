import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Asset } from '../ui/files/asset.ts'
import { readBundle } from './bundle.ts'

export type AssetAsk = { file: string }

export const readAsset = (request: WireRequest): AssetAsk => ({ file: request.params['file'] ?? '' })

/** Serves only names that were read at the start, so no path can leave the folder. */
export function findAsset(_world: World, _who: undefined, { file }: AssetAsk): Asset {
  const found = readBundle()?.assets.get(file)
  if (!found) throw new Refusal('not-found', `no asset ${file}`)
  return found
}
