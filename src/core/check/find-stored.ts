import { isJwtLookup } from '../../crypto/credential-format.ts'
import type { World } from '../world.ts'
import type { Finder } from './finder.ts'

/** A secret of ours, or a text of another system that was registered whole: found by the fingerprint of all of it. */
export const findStored = (needs: Needs): Finder => ({
  // The id of a JWT is no secret: without the signature around it it opens nothing.
  fits: presented => !isJwtLookup(presented),
  find: presented => needs.lookups.facts(needs.vault.fingerprint(presented)),
})

type Needs = { lookups: Pick<World['lookups'], 'facts'>; vault: Pick<World['vault'], 'fingerprint'> }
