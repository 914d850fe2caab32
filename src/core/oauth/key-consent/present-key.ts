import { REASON_NAMES } from '../../../model/credentials/verdict.ts'
import { networkOf } from '../../../model/networks.ts'
import { Refusal, type RefusalFacts } from '../../../model/refusals/refusal.ts'
import type { BrowserAct } from '../../../model/users/session.ts'
import { type CheckNeeds, checkCredential } from '../../check/check-credential.ts'
import type { World } from '../../world.ts'
import { sealWithKey } from '../authorize/interaction.ts'
import { findWaitingRequest } from '../authorize/waiting-request.ts'
import { keyConsentApi } from './key-consent-api.ts'
import { keyStep } from './key-step.ts'

/**
 * Accepts a key that a person presents instead of a sign-in. Returns the waiting request, sealed with the id of the key
 * for this browser. The key is neither stored nor logged, and no session begins. Wrong keys are limited like passwords,
 * by network.
 */
export async function presentKey(needs: Needs, act: BrowserAct, ask: PresentKey): Promise<{ interaction: string }> {
  const { client, interaction } = await findWaitingRequest(needs, act, ask.interaction)
  const api = await keyConsentApi(needs, interaction.request)
  if (!api) throw new Refusal('key-consent-off', `${client.id} asks for ${interaction.request.resources.join(' ')}`)

  const { ip } = act.from
  const account = `key consent from ${ip === undefined ? 'nowhere' : networkOf(ip)}`
  await needs.throttle.reserve(account, ip)
  const verdict = await checkCredential(
    needs,
    { by: { is: 'system' }, from: act.from },
    { presented: { secret: ask.key }, audiences: [api], ...(ip !== undefined && { ip }) },
  )
  if (!verdict.active)
    throw new Refusal(
      verdict.reason,
      `a key for ${api.audience}: ${REASON_NAMES[verdict.reason]}`,
      verdict.reason === 'audience-wrong' && api.strictAudience ? UNNAMED : {},
    )
  const { kind, credentialId } = verdict.principal
  if (kind !== 'api-key' && kind !== 'application-token')
    throw new Refusal('dialect-wrong', `${kind} ${credentialId} in the place of a key`)
  await needs.throttle.release(account, ip)

  const sealed = sealWithKey(needs, interaction, credentialId)
  if (!(await keyStep(needs, { ...interaction, keyId: credentialId })))
    throw new Refusal(
      'scope-insufficient',
      `key ${credentialId} may not grant ${interaction.request.scopes.join(' ')}`,
      {
        sentence: 'This key may do nothing of what the application asks for.',
      },
    )
  return { interaction: sealed }
}

const UNNAMED: RefusalFacts = { sentence: 'This API takes only keys that name it, and this one does not.' }

export type PresentKey = { interaction: string; key: string }
type Needs = Omit<CheckNeeds, 'throttle'> &
  Pick<World, 'lookups' | 'users' | 'grants' | 'scopes' | 'recorder' | 'credentials' | 'vault' | 'now'> & {
    throttle: Pick<World['throttle'], 'countGuess' | 'reserve' | 'release'>
  }
