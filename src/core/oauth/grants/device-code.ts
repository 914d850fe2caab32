import { sameText } from '../../../crypto/vault.ts'
import { copyHint } from '../../../model/credentials/copied-secret.ts'
import { hasEnded, isOfKind } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { codeOf } from '../authorize/open-grant.ts'
import { chooseResources, refuseBeyond } from '../choose-resources.ts'
import { lookupOf, userCodeOf } from '../device/device-code.ts'
import type { GrantType } from './grant-type.ts'
import { issueForGrant } from './issue-for-grant.ts'

type DeviceAsk = {
  deviceCode: string
  /** RFC 8707: a subset of the requested ones. */
  resources: string[]
}

/**
 * RFC 8628 section 3.4: the program asks for the person's answer. The answer is the code of the interaction, which never
 * leaves the server. One statement spends the code, so only one request gets tokens. Polling writes nothing.
 */
export const deviceCode: GrantType<DeviceAsk> = {
  name: 'urn:ietf:params:oauth:grant-type:device_code',
  parameters: ['device_code', 'resource'],
  read: parameters => ({ deviceCode: parameters.required('device_code'), resources: parameters.all('resource') }),

  async issue(needs, by, ask) {
    const { client } = by
    const lookup = lookupOf(userCodeOf(needs, ask.deviceCode))
    const device = await needs.credentials.find('device-code', needs.vault.fingerprint(lookup))
    if (!device || !sameText(device.data.deviceCode, needs.vault.fingerprint(ask.deviceCode)))
      throw new Refusal('device-code-unknown', 'no such device code', copyHint('device_code', ask.deviceCode))
    if (device.clientId !== client.id)
      throw new Refusal('device-code-unknown', `${client.id} presented a device code of ${device.clientId}`)

    const answerId = codeOf(needs, { id: device.data.interaction })
    const answer = await needs.credentials.findAny(needs.vault.fingerprint(answerId))
    if (answer?.kind === 'consent-denial') throw new Refusal('consent-denied')
    if (!answer || !isOfKind('authorization-code')(answer)) {
      if (hasEnded(device.expiresAt, needs.now())) throw new Refusal('device-code-expired')
      throw new Refusal(needs.devicePolls.poll(device.id) === 'in time' ? 'authorization-pending' : 'slow-down')
    }
    if (answer.spentAt !== undefined || answer.revokedAt !== undefined)
      throw new Refusal('device-code-unknown', `device code ${device.id} was answered before`)
    if (hasEnded(answer.expiresAt, needs.now())) throw new Refusal('device-code-expired')
    const granted = answer.data.resources
    const resources = await chooseResources(needs, ask.resources.length > 0 ? ask.resources : granted)
    refuseBeyond(granted, resources)
    return issueForGrant(needs, by, { code: answer, resources })
  },
}
