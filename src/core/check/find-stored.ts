import { isJwtLookup } from '../../crypto/credential-format.ts'
import type { World } from '../world.ts'
import type { Finder } from './finder.ts'

/** Finds a secret of ours, or a registered text of another system, by the fingerprint of the whole text. */
export const findStored = (needs: Needs): Finder => ({
  // Refuses the bare id of a JWT. It is not secret, so it must not work without the signature.
  fits: presented => !isJwtLookup(presented),
  find: presented => needs.lookups.facts(needs.vault.fingerprint(presented)),
})

type Needs = { lookups: Pick<World['lookups'], 'facts'>; vault: Pick<World['vault'], 'fingerprint'> }
