import type { Act, ClientActor } from '../../../model/actor.ts'
import { isRecent } from '../../../model/age.ts'
import { type Credential, statusOf } from '../../../model/credential.ts'
import { entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { BrowserAct } from '../../../model/session.ts'
import { makeCredential } from '../../credentials/make-credential.ts'
import type { World } from '../../world.ts'
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
  act: BrowserAct,
  request: AuthorizationRequest,
): Promise<Interaction> {
  const now = needs.now()
  const { secret, credential } = makeCredential(needs, 'interaction', {
    clientId: request.clientId,
    createdAt: now,
    expiresAt: now + LIFE_SECONDS * 1000,
    data: { request, browser: browserMark(needs, act) },
  })
  const { clientId } = request
  const asking: Act<ClientActor<{ id: string }>> = { by: { is: 'client', client: { id: clientId } }, from: act.from }
  const thing = { about: 'interaction', aboutId: credential.id, clientId }
  await needs.credentials.issue([credential], entry(asking, 'issued', thing, { at: now }))
  return { secret, credential, request }
}

export async function findInteraction(
  needs: Pick<World, 'credentials' | 'vault' | 'now'>,
  act: Pick<BrowserAct, 'browser'>,
  secret: string,
): Promise<Interaction> {
  const credential = await findWaiting(needs, act, secret, 'or just answered')
  const request = credential.data.request as AuthorizationRequest | undefined
  if (!request?.clientId) throw new Refusal('interaction-unknown', `${credential.id} is not an authorization request`)
  return { secret, credential, request }
}

export const wasAnswered = ({ credential }: Interaction): boolean => credential.spentAt !== undefined

/** Whatever waits in this very browser: not spent, not expired, not another browser's. */
export async function findWaiting(
  needs: Pick<World, 'credentials' | 'vault' | 'now'>,
  act: Pick<BrowserAct, 'browser'>,
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
  if (credential.data.browser !== browserMark(needs, act))
    throw new Refusal('interaction-unknown', `interaction ${credential.id} was started in another browser`)
  return credential
}

export const browserMark = (needs: Pick<World, 'vault'>, act: Pick<BrowserAct, 'browser'>): string =>
  needs.vault.mac('browser', act.browser)
