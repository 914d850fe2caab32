import { sameText } from '../../../crypto/vault.ts'
import type { Client } from '../../../model/clients/client.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, ClientActor } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { changedFields } from '../changed-fields.ts'
import { isOtherThan } from '../is-other-than.ts'
import { readClientMetadata } from '../metadata/read-metadata.ts'
import { unfit } from '../metadata/unfit-metadata.ts'
import { provesBySecret } from '../proves-by-secret.ts'
import { refuseBlocked } from './blocks.ts'
import { type Allowance, allowanceOf, settleTerms, type TermNeeds } from './terms.ts'

/**
 * Replaces all metadata of a client (RFC 7592 section 2.2), under the rules of registration. The client keeps its
 * secret.
 */
export async function updateRegistration(
  needs: Needs,
  act: Act<ClientActor>,
  { document }: { document: unknown },
): Promise<Client> {
  const { client } = act.by
  // Each change writes a line that all processes and guards read.
  needs.throttle.count('client-registration', act.from)
  checkIdentity(needs, client, document)
  const registration = readClientMetadata(document)
  await refuseBlocked(needs, act.from.ip, registration)
  const settled = await settleTerms(needs, registration, allowanceNow(needs, client), client.policy)
  if (settled.type !== client.type || provesBySecret(settled.metadata) !== provesBySecret(client.metadata))
    throw unfit(
      'token_endpoint_auth_method',
      'A client keeps its way of proving itself: a secret, keys, or none. Register another client.',
    )
  const { type: _, website, ...fields } = settled
  if (changedFields(client, { ...fields, website }).length === 0) return client
  const thing = aboutClient(client)
  const at = needs.now()
  const changed = await needs.clients.change(
    client.id,
    {
      ...fields,
      website: website ?? null,
      ...(isOtherThan(client, settled) && { identityChangedAt: at }),
      // A change clears the review, because staff reviewed the application before this change.
      reviewedAt: null,
    },
    entry(act, 'changed', thing, { at, reason: 'client-registration' }),
  )
  if (!changed) throw new Refusal('credential-revoked', `client ${client.id} was deleted meanwhile`)
  return changed
}

/** Allows what every client may have, within the scopes to which an initial access token or staff limited this client. */
function allowanceNow({ rules }: Pick<Needs, 'rules'>, { grantTypes, scopes, policy }: Client): Allowance {
  const { grantTypes: ofAll } = allowanceOf(rules)
  const limited = policy.allowedScopes === 'registered'
  return { grantTypes: [...new Set([...ofAll, ...grantTypes])], ...(limited && { scopes }) }
}

const SERVER_ISSUED = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
]

function checkIdentity({ vault }: Pick<Needs, 'vault'>, client: Client, document: unknown): void {
  const given = typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {}
  if (given['client_id'] !== client.id) throw unfit('client_id', 'client_id must be the one of this registration.')
  for (const field of SERVER_ISSUED)
    if (field in given) throw unfit(field, `${field} is issued by the server. Leave it out.`)
  const secret = given['client_secret']
  if (secret === undefined) return
  const presented = typeof secret === 'string' ? vault.fingerprint(secret) : ''
  if (!client.secrets.some(({ fingerprint }) => sameText(fingerprint, presented)))
    throw unfit('client_secret', 'client_secret must be the one of this client, or absent.')
}

type Needs = TermNeeds &
  Pick<World, 'clients' | 'registrations' | 'vault' | 'throttle' | 'now'> & {
    rules: Pick<World['rules'], 'deviceClients'>
  }
