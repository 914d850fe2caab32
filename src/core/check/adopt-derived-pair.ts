import { derivePair, ORIGIN } from '../../crypto/derived-pair.ts'
import { sameText } from '../../crypto/vault.ts'
import { dayOf, endAfterDays, startOfDay } from '../../model/credentials/day.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import { SYSTEM } from '../../model/users/actor.ts'
import type { CredentialFacts } from '../../ports/stores.ts'
import { makeCredential } from '../credentials/issue/make-credential.ts'
import type { World } from '../world.ts'
import type { Finder } from './finder.ts'
import { openImportedPassword } from './imported-password.ts'

const SHAPE = /^([1-9]\d{0,14}):([0-9a-z]{1,4})-[0-9a-f]{20}$/

/**
 * Accepts token pairs that an imported user got from the old site. Derives the expected token from the old site's secret
 * and the imported password string. This finder writes: it stores a correct pair at its first use. From then on the pair
 * is counted, listed and revoked like any other credential.
 */
export const adoptDerivedPair = (needs: Needs, secretKey: string): Finder => ({
  writes: 'adopts',
  fits: presented => SHAPE.test(presented),
  find: presented => findOrAdopt(needs, secretKey, presented),
})

async function findOrAdopt(needs: Needs, secretKey: string, presented: string): Promise<CredentialFacts | undefined> {
  const [, number, day36] = SHAPE.exec(presented) ?? []
  if (number === undefined || day36 === undefined) return undefined
  const user = await needs.users.byNumber(Number(number))
  const password = user?.importedPassword && openImportedPassword(needs, user.importedPassword)
  if (!user || password === undefined) return undefined

  const day = Number.parseInt(day36, 36)
  const derived = derivePair(secretKey, { number: user.number, password, day })
  if (!sameText(`${number}:${derived}`, presented)) return undefined
  const expiresAt = endAfterDays(day, needs.rules.pairDays)
  // A site in an eastern time zone may be one day ahead. Later days are forged.
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

type Needs = Pick<World, 'users' | 'credentials' | 'lookups' | 'vault' | 'rules' | 'now'>
