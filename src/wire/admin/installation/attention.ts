import type { z } from 'zod'
import { type Counted, findCounted } from '../../../core/journal/find-counted.ts'
import type { World } from '../../../core/world.ts'
import { type CountedBy, readCountedBy } from '../../../model/credentials/counted-by.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { DAY } from '../../../model/span.ts'
import type { AttentionWords } from '../../ui/words/attention.ts'
import type * as contract from '../contract.ts'
import { namesIn } from '../names.ts'
import { maybeSeconds, seconds } from '../times.ts'

const OLD_KEY = 180 * DAY

/** Fewer failed sign-ins per hour are probably typing errors. */
const MANY_FAILURES = 20

type Item = z.infer<typeof contract.overview>['attention'][number]

/** What staff should look at, each with its sentence. */
export async function needsAttention(world: World, unusedDays: number, words: AttentionWords): Promise<Item[]> {
  const now = world.now()
  const [found, keys] = await Promise.all([world.statistics.attention(now, unusedDays), world.signingKeys.list()])
  const items: Item[] = found.expiringSoon.map(credential => ({
    kind: 'expires_soon',
    about: 'credential',
    id: credential.id,
    at: maybeSeconds(credential.expiresAt),
    sentence: words.expires(called(credential, words), wholeDays((credential.expiresAt ?? now) - now)),
  }))
  for (const { countedBy, uses, refusals } of found.muchRefused) {
    const counted = await findCounted(world, countedBy)
    const { sentence, ...place } = await subjectOf(world, countedBy, counted, words)
    items.push({
      kind: 'refusals',
      ...place,
      at: null,
      sentence: words.refused(refusals, uses + refusals, sentence),
    })
  }
  if (found.failedSignIns >= MANY_FAILURES)
    items.push({
      kind: 'sign_in_failures',
      about: 'journal',
      id: null,
      at: null,
      sentence: words.failedSignIns(found.failedSignIns),
    })
  for (const { id, algorithm, createdAt, retiredAt } of keys)
    if (retiredAt === undefined && now - createdAt > OLD_KEY)
      items.push({
        kind: 'signing_key_old',
        about: 'signing-key',
        id,
        at: seconds(createdAt),
        sentence: words.oldKey(algorithm, wholeDays(now - createdAt)),
      })
  for (const credential of found.longUnused)
    items.push({
      kind: 'unused',
      about: 'credential',
      id: credential.id,
      at: maybeSeconds(credential.lastUsedAt ?? credential.createdAt),
      sentence:
        credential.lastUsedAt === undefined
          ? words.neverUsed(called(credential, words))
          : words.unused(called(credential, words), wholeDays(now - credential.lastUsedAt)),
    })
  return items
}

const called = ({ name, hint }: Credential, { quoted }: AttentionWords): string =>
  name ? `${quoted(name)} (${hint})` : hint

/** The subject of refusals: a credential, or the grant or client by which tokens without a row are counted. */
async function subjectOf(
  world: World,
  by: CountedBy,
  counted: Counted | undefined,
  words: AttentionWords,
): Promise<Pick<Item, 'about' | 'id' | 'sentence'>> {
  const what = readCountedBy(by)
  if ('credentialId' in what) {
    const sentence = counted?.is === 'credential' ? called(counted.credential, words) : words.deletedCredential
    return { about: 'credential', id: what.credentialId, sentence }
  }
  if (counted?.is === 'client')
    return { about: 'client', id: counted.client.id, sentence: words.tokensOf(words.quoted(counted.client.name)) }
  if (counted?.is !== 'grant') return { about: 'journal', id: null, sentence: words.endedTokens }
  const { clientId, userId = '' } = counted.grant
  const names = await namesIn(world, [counted.grant])
  const of = words.tokensFor(
    words.quoted(names.client(clientId).name ?? clientId),
    names.user(userId).name ?? words.deletedUser,
  )
  return { about: 'client', id: clientId, sentence: of }
}

const wholeDays = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / DAY))
