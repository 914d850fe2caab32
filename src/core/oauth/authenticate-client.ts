import { sameText } from '../../crypto/vault.ts'
import { type Client, mayAct } from '../../model/client.ts'
import { copyHint } from '../../model/copied-secret.ts'
import { hasEnded } from '../../model/credential.ts'
import { Refusal, type RefusalFacts } from '../../model/refusal.ts'
import type { World } from '../world.ts'

/** Who sent this request? Unknown clients and wrong secrets cost the same work and get the same answer. */
export async function authenticateClient(needs: Needs, proof: ClientProof): Promise<Client> {
  const client = await needs.lookups.client(proof.clientId)
  const presented = proof.secrets.map(needs.vault.fingerprint)
  if (!client) {
    if (presented.length > 0) needs.throttle.miss(proof.clientId, proof.ip)
    throw new Refusal('client-unknown', `no client ${proof.clientId}`, copyHint('client_secret', ...proof.secrets))
  }
  if (client.type === 'public') {
    if (presented.length > 0) throw missed(needs, client, proof, 'is public and sent a secret')
  } else {
    if (presented.length === 0)
      throw new Refusal('client-proof-missing', `${client.id} is confidential and sent no secret`)
    const now = needs.now()
    const live = client.secrets.filter(secret => !hasEnded(secret.expiresAt, now))
    const right = live.some(secret => presented.some(fingerprint => sameText(fingerprint, secret.fingerprint)))
    if (!right) throw missed(needs, client, proof, 'was shown with a wrong secret')
  }
  refuseDisabled(client)
  return client
}

/** Limits guesses by client and network; the right secret always passes. */
function missed(needs: Needs, client: Client, { ip, secrets }: ClientProof, how: string): Refusal {
  const whom = { clientId: client.id }
  try {
    needs.throttle.miss(client.id, ip)
  } catch (error) {
    if (error instanceof Refusal) return error.concerning(whom)
    throw error
  }
  const hint = copyHint('client_secret', ...secrets)
  return new Refusal('client-proof-wrong', `${client.id} ${how}`, hint).concerning(whom)
}

/** Disabled itself, or together with its owner. */
export function refuseDisabled(client: Client, facts: RefusalFacts = {}): void {
  if (mayAct(client)) return
  const refusal = client.active
    ? new Refusal('client-disabled', `${client.ownerId}, who registered ${client.id}, is disabled or gone`, {
        ...facts,
        sentence: 'Whoever registered this client has been disabled.',
      })
    : new Refusal('client-disabled', `${client.id} is disabled`, facts)
  throw refusal.concerning({ clientId: client.id })
}

/** How a client proved itself. `secrets` holds every reading of what was sent: raw, and form-decoded (RFC 6749 section 2.3.1). */
export type ClientProof = { clientId: string; secrets: string[]; ip?: string }
type Needs = Pick<World, 'lookups' | 'vault' | 'throttle' | 'now'>
