import { type Credential, hasEnded } from '../../../model/credentials/credential.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { HOUR } from '../../../model/span.ts'
import type { BrowserAct, SessionAct } from '../../../model/users/session.ts'
import { makeCredential } from '../../credentials/issue/make-credential.ts'
import type { World } from '../../world.ts'
import { type Interaction, isMarked, markOf, sealInteraction } from '../authorize/interaction.ts'
import type { AuthorizationRequest } from '../authorize/request.ts'
import { clientOf } from '../authorize/return-address.ts'
import { confirmationOf, lookupOf, readUserCode, spelled } from './device-code.ts'

/**
 * RFC 8628 section 3.3: the person enters the code of their device. The consent page always follows, even with a
 * remembered consent. The first browser that enters a code keeps it (sections 5.1 and 5.4).
 */
export async function enterUserCode(
  needs: Needs,
  act: BrowserAct & SessionAct,
  ask: EnterUserCode,
): Promise<Interaction> {
  const userCode = readUserCode(ask.userCode)
  const found = userCode === undefined ? undefined : await findDevice(needs, act, userCode)
  if (userCode === undefined || !found) throw new Refusal('user-code-unknown', 'no device waits with this code')
  const client = await clientOf(needs, found.clientId ?? '')
  await keepToBrowser(needs, act, found)
  const request: AuthorizationRequest = {
    clientId: client.id,
    scopes: found.scopes ?? [],
    resources: found.audience,
    signIn: { silent: false, anew: false },
    askAgain: true,
    way: {
      is: 'device',
      userCode: spelled(userCode),
      askedAt: found.createdAt,
      ...(found.data.ip !== undefined && { ip: found.data.ip }),
      ...(found.data.grantSeconds !== undefined && { grantSeconds: found.data.grantSeconds }),
    },
  }
  return sealInteraction(needs, act, request, found.data.interaction)
}

/**
 * Counts an attempt before it is evaluated: for the person, for their network, and for all together. At most 13,200
 * attempts are possible during the life of a code. With eight of twenty letters, their chance to find a given code is 5
 * in ten million.
 */
async function findDevice(needs: Needs, { by, from }: SessionAct, userCode: string) {
  const [own, all] = [`user code ${by.user.id}`, 'user codes of all']
  await needs.throttle.reserve(own, from.ip, 'user-code')
  await needs.throttle.reserve(all, undefined, 'user-code-of-all')
  const found = await needs.credentials.find('device-code', needs.vault.fingerprint(lookupOf(userCode)))
  if (!found || hasEnded(found.expiresAt, needs.now())) return undefined
  await needs.throttle.release(own, from.ip)
  await needs.throttle.release(all, undefined)
  return found
}

/** A conditional statement decides which browser was first. The same browser may enter the code again. */
async function keepToBrowser(
  needs: Needs,
  act: BrowserAct & SessionAct,
  found: Credential<'device-code'>,
): Promise<void> {
  const at = needs.now()
  const secret = confirmationOf(found.data.interaction)
  const { credential } = makeCredential(needs, 'device-confirmation', {
    secret,
    clientId: found.clientId ?? '',
    userId: act.by.user.id,
    createdAt: at,
    expiresAt: at + HOUR,
    data: { browser: markOf(needs, act.marks[0]) },
  })
  const spend = { fingerprint: found.fingerprint, kind: 'device-code', at, issues: [credential] } as const
  const about = { ...aboutClient({ id: found.clientId ?? '' }), userId: act.by.user.id }
  if ((await needs.credentials.redeem(spend, entry(act, 'used', about, { at, reason: 'user code' }))) === 'redeemed')
    return
  const first = await needs.credentials.find('device-confirmation', credential.fingerprint)
  if (first && isMarked(needs, act, first.data.browser)) return
  throw new Refusal('user-code-elsewhere', `device ${found.id} is being answered in another browser`)
}

export type EnterUserCode = { userCode: string }
type Needs = Pick<World, 'lookups' | 'credentials' | 'vault' | 'throttle' | 'now'>
