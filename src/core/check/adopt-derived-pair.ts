import { derivePair, ORIGIN } from '../../crypto/derived-pair.ts'
import { sameText } from '../../crypto/vault.ts'
import { SYSTEM } from '../../model/actor.ts'
import { dayOf, endAfterDays, startOfDay } from '../../model/day.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import type { CredentialFacts } from '../../ports/stores.ts'
import { makeCredential } from '../credentials/make-credential.ts'
import type { World } from '../world.ts'

const SHAPE = /^([1-9]\d{0,14}):([0-9a-z]{1,4})-[0-9a-f]{20}$/
const IMPORTED = 'imported-password'

/**
 * A pair that is not stored here, while imported users may still hold tokens that their old site derived: it is
 * derived anew from that site's secret and the password string kept at import. The first time it is right it gets a row,
 * and from then on it is counted, listed and revoked like every other credential.
 */
export async function adoptDerivedPair(needs: Needs, presented: string): Promise<CredentialFacts | undefined> {
  const secretKey = needs.rules.derivedPairSecret
  const [, number, day36] = (secretKey !== undefined && SHAPE.exec(presented)) || []
  if (secretKey === undefined || number === undefined || day36 === undefined) return undefined
  const user = await needs.users.byNumber(Number(number))
  const password = user?.importedPassword && needs.vault.open(IMPORTED, user.importedPassword)
  if (!user || password === undefined) return undefined

  const day = Number.parseInt(day36, 36)
  const derived = derivePair(secretKey, { number: user.number, password, day })
  if (!sameText(`${number}:${derived}`, presented)) return undefined
  const expiresAt = endAfterDays(day, needs.rules.pairDays)
  // A site east of Greenwich may be one day ahead; nothing honest is further.
  if (expiresAt <= needs.now() || day > dayOf(needs.now()) + 1) return undefined

  const { credential } = makeCredential(needs, 'token-pair', {
    secret: presented,
    name: ORIGIN.name,
    userId: user.id,
    createdAt: Math.min(startOfDay(day), needs.now()),
    expiresAt,
    data: { origin: ORIGIN.note },
  })
  const when = { at: needs.now(), reason: 'derived elsewhere' }
  await needs.credentials.adopt(credential, entry(SYSTEM, 'issued', aboutCredential(credential), when))
  return needs.lookups.facts(credential.fingerprint)
}

/** What is kept of a password string of another system; a stolen database alone does not show it. */
export const sealImportedPassword = (needs: Pick<World, 'vault'>, stored: string): string =>
  needs.vault.seal(IMPORTED, stored)

export type AdoptNeeds = Pick<World, 'now'> & {
  users: Pick<World['users'], 'byNumber'>
  credentials: Pick<World['credentials'], 'adopt'>
  lookups: Pick<World['lookups'], 'facts'>
  vault: Pick<World['vault'], 'fingerprint' | 'open'>
  rules: Pick<World['rules'], 'derivedPairSecret' | 'pairDays'>
}
type Needs = AdoptNeeds
