import { isRecent } from '../../../model/age.ts'
import { type Credential, statusOf } from '../../../model/credential.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Browser } from '../../../model/session.ts'
import { makeCredential } from '../../credentials/make-credential.ts'
import type { Source, World } from '../../world.ts'
import type { AuthorizationRequest } from './request.ts'

const LIFE_SECONDS = 3600
/** A second click within this time is the same answer, not another one. */
const SECOND_CLICK_SECONDS = 10

/**
 * A request that waits for a person. All of it stays here; pages and forms carry only its secret, which is good in the
 * browser that started it and nowhere else, and is spent by the answer.
 */
export type Interaction = { secret: string; credential: Credential; request: AuthorizationRequest }

export async function openInteraction(
  needs: Pick<World, 'credentials' | 'vault' | 'now'>,
  browser: Browser,
  request: AuthorizationRequest,
  from: Source,
): Promise<Interaction> {
  const now = needs.now()
  const { secret, credential } = makeCredential(needs, 'interaction', {
    clientId: request.clientId,
    createdAt: now,
    expiresAt: now + LIFE_SECONDS * 1000,
    data: { request, browser: browserMark(needs, browser) },
  })
  await needs.credentials.issue([credential], {
    at: now,
    event: 'issued',
    about: 'interaction',
    aboutId: credential.id,
    actor: request.clientId,
    clientId: request.clientId,
    ...from,
  })
  return { secret, credential, request }
}

export async function findInteraction(
  needs: Pick<World, 'credentials' | 'vault' | 'now'>,
  browser: Browser,
  secret: string,
): Promise<Interaction> {
  const credential = await findWaiting(needs, browser, secret, 'or just answered')
  const request = credential.data.request as AuthorizationRequest | undefined
  if (!request?.clientId) throw new Refusal('interaction-unknown', `${credential.id} is not an authorization request`)
  return { secret, credential, request }
}

export const wasAnswered = ({ credential }: Interaction): boolean => credential.spentAt !== undefined

/** Whatever waits in this very browser: not spent, not expired, not another browser's. */
export async function findWaiting(
  needs: Pick<World, 'credentials' | 'vault' | 'now'>,
  browser: Browser,
  secret: string,
  which: 'open' | 'or just answered' = 'open',
): Promise<Credential> {
  const credential = await needs.credentials.find(needs.vault.fingerprint(secret))
  if (credential?.kind !== 'interaction') throw new Refusal('interaction-unknown')
  const now = needs.now()
  const state = statusOf(credential, now)
  const justAnswered = state === 'spent' && isRecent(credential.spentAt ?? 0, now, SECOND_CLICK_SECONDS * 1000)
  if (state !== 'active' && !(justAnswered && which === 'or just answered'))
    throw new Refusal('interaction-unknown', `interaction ${credential.id} is ${state}`)
  if (credential.data.browser !== browserMark(needs, browser))
    throw new Refusal('interaction-unknown', `interaction ${credential.id} was started in another browser`)
  return credential
}

export const browserMark = (needs: Pick<World, 'vault'>, browser: Browser): string =>
  needs.vault.mac('browser', browser.browser)
