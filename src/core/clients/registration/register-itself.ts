import { hash } from 'node:crypto'
import { hintOf, mintSecret } from '../../../crypto/credential-format.ts'
import type { Client, ClientOrigin, NewClient } from '../../../model/clients/client.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { networkOf } from '../../../model/networks.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { SECOND } from '../../../model/span.ts'
import type { Act, SelfRegistration } from '../../../model/users/actor.ts'
import type { RegistrationOutcome } from '../../../ports/registrations.ts'
import { makeCredential } from '../../credentials/issue/make-credential.ts'
import type { World } from '../../world.ts'
import { readClientMetadata } from '../metadata/read-metadata.ts'
import { provesBySecret } from '../proves-by-secret.ts'
import { initialTokenSpent } from './admit-registration.ts'
import { refuseBlocked } from './blocks.ts'
import { REGISTRATION_LIMITS, SHARED_WITHIN } from './limits.ts'
import { allowanceOf, settleTerms, type TermNeeds } from './terms.ts'

/**
 * Registers a client at its own request (RFC 7591 section 3). A public client without an initial access token may get
 * an equal client that the same network registered within a day. Such a client has no registration token, because each
 * program that shares the client could change or delete it for the others.
 */
export async function registerItself(
  needs: Needs,
  act: Act<SelfRegistration>,
  { document, initial }: RegisterItself,
): Promise<RegisteredItself> {
  const { rules } = needs
  const registration = readClientMetadata(document)
  await refuseBlocked(needs, act.from.ip, registration)
  const settled = await settleTerms(needs, registration, allowanceOf(rules, initial))

  const shareable = settled.type === 'public' && !initial
  const createdAt = needs.now()
  const secret = settled.type === 'confidential' && provesBySecret(settled.metadata) ? mintSecret('cs') : undefined
  const client: NewClient & { origin: ClientOrigin } = {
    ...settled,
    id: mintSecret('cid'),
    source: 'dynamic',
    active: true,
    createdAt,
    secrets: secret ? [{ fingerprint: needs.vault.fingerprint(secret), hint: hintOf(secret), createdAt }] : [],
    origin: {
      ...placeOf(act.from.ip),
      ...(initial && { tokenId: initial.id }),
      ...(shareable && { digest: hash('sha256', JSON.stringify(settled), 'base64url') }),
    },
  }
  const token = shareable ? undefined : makeCredential(needs, 'registration-token', { clientId: client.id, createdAt })
  const detail = { network: client.origin.network, ...(initial && { initialToken: initial.id }) }
  const outcome = await needs.registrations.register(
    {
      client,
      sharedWithin: SHARED_WITHIN,
      ...(token && { token: token.credential }),
      ...(initial && { initialToken: initial.fingerprint }),
      ...(rules.limits && { limits: REGISTRATION_LIMITS }),
    },
    entry(act, 'created', aboutClient(client), { at: createdAt, reason: 'client-registration', detail }),
  )
  if (outcome.is === 'token-spent') throw initialTokenSpent(initial?.id ?? '')
  if (!('client' in outcome)) throw tooMany(outcome)
  if (outcome.is === 'shared') return { client: outcome.client }
  return { client: outcome.client, ...(secret && { secret }), ...(token && { registrationToken: token.secret }) }
}

/** Counts registrations by the /64 block of an IPv6 address, because one household usually has a whole /64. */
const placeOf = (ip = ''): Pick<ClientOrigin, 'network' | 'area'> => ({
  network: networkOf(ip, { ipv4: 32, ipv6: 64 }),
  area: networkOf(ip),
})

const tooMany = ({ is, within }: Exclude<RegistrationOutcome, { client: Client } | { is: 'token-spent' }>): Refusal =>
  new Refusal('rate-limited', `registrations: ${is}`, {
    // The oldest registration stops counting after `within`. The client may ask again much earlier, because a request
    // costs little.
    retryAfterSeconds: within / SECOND / 24,
    sentence:
      is === 'busy'
        ? 'Many clients register here at this moment. Try again later.'
        : 'Too many clients that were never used were registered from this network. Use one of them, or try again later.',
  })

/** `initial`: the initial access token that the client presented. */
export type RegisterItself = { document: unknown; initial?: Credential<'initial-access-token'> | undefined }
/** Secrets are absent if the client has none. */
export type RegisteredItself = { client: Client; secret?: string; registrationToken?: string }
type Needs = TermNeeds &
  Pick<World, 'registrations' | 'vault' | 'now'> & {
    rules: Pick<World['rules'], 'deviceClients' | 'limits'>
  }
