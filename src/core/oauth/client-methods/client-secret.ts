import { sameText } from '../../../crypto/vault.ts'
import type { Client } from '../../../model/clients/client.ts'
import { copyHint } from '../../../model/credentials/copied-secret.ts'
import { hasEnded } from '../../../model/credentials/credential.ts'
import type { RefusalFacts } from '../../../model/refusals/refusal.ts'
import type { ClientClaim, ClientMethod, ProofNeeds } from './client-method.ts'

/* A shared secret (RFC 6749 section 2.3.1), in the header or in the form. */

/**
 * `secrets` contains all possible decodings of the secret. An empty list stands for an empty secret, as public clients
 * send it.
 */
type SecretProof = ClientClaim & { secrets: readonly string[] }

async function provesSecret(needs: ProofNeeds, client: Client, proof: SecretProof): Promise<true | RefusalFacts> {
  const { secrets } = proof
  if (client.type === 'public') return secrets.length === 0 || hint(proof)
  const presented = secrets.map(needs.vault.fingerprint)
  const now = needs.now()
  const fits = client.secrets.some(
    ({ fingerprint, expiresAt }) => !hasEnded(expiresAt, now) && presented.some(one => sameText(one, fingerprint)),
  )
  return fits || hint(proof)
}

const hint = ({ secrets }: SecretProof): RefusalFacts => copyHint('client_secret', ...secrets)

export const clientSecretBasic: ClientMethod<SecretProof> = {
  name: 'client_secret_basic',
  presents: 'proof',
  parameters: [],
  // The RFC requires form encoding of both parts, but many clients omit it. Our own ids and secrets are the same in both
  // forms.
  read: ({ basic }) =>
    basic && {
      clientId: formDecode(basic.user),
      secrets: [...new Set([basic.password, formDecode(basic.password)])].filter(one => one !== ''),
    },
  proves: provesSecret,
  hint,
}

export const clientSecretPost: ClientMethod<SecretProof> = {
  name: 'client_secret_post',
  presents: 'proof',
  parameters: ['client_id', 'client_secret'],
  read({ parameters }) {
    const secret = parameters.one('client_secret')
    return secret === undefined ? undefined : { clientId: parameters.one('client_id'), secrets: [secret] }
  },
  proves: provesSecret,
  hint,
}

function formDecode(text: string): string {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
