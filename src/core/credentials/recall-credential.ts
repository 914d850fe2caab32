import type { Credential } from '../../model/credentials/credential.ts'
import { missing } from '../../model/refusals/missing.ts'
import { type Act, nameOf } from '../../model/users/actor.ts'
import { statedIn } from '../check/noted-claims.ts'
import { type StatedNeeds, statedFacts } from '../check/stated-facts.ts'
import type { World } from '../world.ts'
import { mayTouchCredential } from './find-credential.ts'

const CREDENTIAL_ID = /^[0-9a-f]{24}$/
const ADVICE =
  'An access token that has no row is known by its id only once it was refused. Explain the token itself, or a request that used it.'

/**
 * Finds a credential by id to show it. An access token without a row is recalled from the journal, if an entry of its
 * refusal kept its claims.
 */
export async function recallCredential(needs: Needs, act: Act, id: string): Promise<Credential> {
  const credential = (await needs.credentials.byId(id)) ?? (await recalled(needs, id))
  if (!credential || !(await mayTouchCredential(needs, act.by, credential, 'getCredential')))
    throw missing('credential', id, nameOf(act.by), CREDENTIAL_ID.test(id) ? ADVICE : undefined)
  return credential
}

/** Combines the claims at the time of the refusal with the current grant, client and user. */
async function recalled(needs: Needs, id: string): Promise<Credential | undefined> {
  const [refused] = (await needs.journal.list({ credentialId: id, event: 'refused' }, { limit: 1 })).items
  const known = refused && statedIn(refused)
  if (!known) return undefined
  const { credential, grant, ended } = await statedFacts(needs, known.stated, known.hint)
  // Only the grant can say exactly when the token ended. Otherwise the time of the refusal is used, because the token
  // had ended by then.
  const revokedAt = grant?.revokedAt ?? (ended && refused.at)
  return revokedAt === undefined ? credential : { ...credential, revokedAt }
}

type Needs = StatedNeeds & Pick<World, 'credentials' | 'clients' | 'journal'>
