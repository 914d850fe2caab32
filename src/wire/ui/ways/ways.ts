import type { Way, WayName } from '../../../core/oauth/ways/way.ts'
import { byHand } from './by-hand.ts'
import { device } from './device.ts'
import { formPost } from './form-post.ts'
import { redirect } from './redirect.ts'
import type { ShownWay } from './shown-way.ts'

const WAYS: { [N in WayName]: ShownWay<N> } = {
  redirect,
  'form-post': formPost,
  'by-hand': byHand,
  device,
}

export const shownWay = <N extends WayName>(way: Way<N>): ShownWay<N> => WAYS[way.is as N]
