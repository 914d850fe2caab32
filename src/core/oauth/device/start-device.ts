import { mintFor } from '../../../crypto/credential-format.ts'
import { cameByItself } from '../../../model/clients/client.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import { SECOND } from '../../../model/span.ts'
import type { Act, ClientActor } from '../../../model/users/actor.ts'
import { makeCredential } from '../../credentials/issue/make-credential.ts'
import type { World } from '../../world.ts'
import { checkRequest } from '../authorize/check-request.ts'
import { DEVICE_SECONDS, lookupOf, newInteraction, POLL_SECONDS, spelled, userCodeOf } from './device-code.ts'

/** RFC 8628 section 3.1: a program without a browser requests access, and gets a code that the person enters in a browser elsewhere. */
export async function startDevice(needs: Needs, act: Act<ClientActor>, ask: StartDevice): Promise<DeviceStarted> {
  const { client } = act.by
  if (!client.grantTypes.includes('urn:ietf:params:oauth:grant-type:device_code'))
    throw new Refusal('grant-type-not-allowed', `${client.id} may not use device codes`, {
      sentence: 'This client may not use device codes. Allow it the grant type device_code.',
    })
  // Each request stores a row. Any program can use the id of a public client, and anyone can register a client with a
  // secret where clients register themselves.
  if (client.type === 'public' || cameByItself(client)) needs.throttle.count('device-request', act.from)
  const { scopes, resources } = await checkRequest(needs, 'device', client, { ...ask, clientId: client.id, prompt: [] })
  const createdAt = needs.now()
  const deviceCode = mintFor('device-code')
  const userCode = userCodeOf(needs, deviceCode)
  const { credential } = makeCredential(needs, 'device-code', {
    secret: deviceCode,
    lookedUpBy: lookupOf(userCode),
    clientId: client.id,
    scopes,
    audience: resources,
    createdAt,
    expiresAt: createdAt + DEVICE_SECONDS * SECOND,
    data: {
      deviceCode: needs.vault.fingerprint(deviceCode),
      interaction: newInteraction(),
      ...(act.from.ip !== undefined && { ip: act.from.ip }),
      ...(ask.grantSeconds !== undefined && { grantSeconds: ask.grantSeconds }),
    },
  })
  const asked = entry(act, 'issued', aboutClient(client), { at: createdAt, reason: 'device code' })
  await needs.credentials.issue([credential], asked)
  return { deviceCode, userCode: spelled(userCode), lifeSeconds: DEVICE_SECONDS, pollSeconds: POLL_SECONDS }
}

export type StartDevice = {
  scopes?: Scope[]
  /** RFC 8707. */
  resources: string[]
  /** The wanted duration of the access in seconds, shown to the person. */
  grantSeconds?: number
}
export type DeviceStarted = { deviceCode: string; userCode: string; lifeSeconds: number; pollSeconds: number }
type Needs = Pick<
  World,
  'lookups' | 'resources' | 'scopes' | 'credentials' | 'vault' | 'rules' | 'signer' | 'throttle' | 'now'
>
