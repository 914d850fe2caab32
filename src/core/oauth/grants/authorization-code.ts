import { createHash } from 'node:crypto'
import { sameText } from '../../../crypto/vault.ts'
import type { Client } from '../../../model/clients/client.ts'
import { copyHint } from '../../../model/credentials/copied-secret.ts'
import { type Credential, statusOf } from '../../../model/credentials/credential.ts'
import { aboutGrant, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { chooseResources, refuseBeyond } from '../choose-resources.ts'
import type { GrantType } from './grant-type.ts'
import { issueForGrant } from './issue-for-grant.ts'

type CodeAsk = {
  code: string
  redirectUri: string | undefined
  verifier: string | undefined
  /** RFC 8707: the requested resource servers. */
  resources: string[]
}

/**
 * RFC 6749 section 4.1.3. Checks everything before the code is spent, so that a wrong request does not spend it. One
 * statement spends the code; a second use ends the grant (section 4.1.2, RFC 9700 section 4.5).
 */
export const authorizationCode: GrantType<CodeAsk> = {
  name: 'authorization_code',
  parameters: ['code', 'redirect_uri', 'code_verifier', 'resource'],
  read: parameters => ({
    code: parameters.required('code'),
    redirectUri: parameters.one('redirect_uri'),
    verifier: parameters.one('code_verifier'),
    resources: parameters.all('resource'),
  }),

  async issue(needs, by, ask) {
    const { client, act } = by
    const code = await needs.credentials.find('authorization-code', needs.vault.fingerprint(ask.code))
    if (!code?.grantId) throw new Refusal('code-unknown', 'no such code', copyHint('code', ask.code))
    if (code.clientId !== client.id)
      throw new Refusal('code-unknown', `${client.id} presented a code of ${code.clientId}`)
    checkRedirect(code, ask)
    checkVerifier(client, code, ask)

    // A spent code counts as replayed even after its end, because the tokens issued for it may still be valid.
    if (code.spentAt !== undefined) {
      const { grantId: id, userId } = code
      const thing = { ...aboutGrant({ id, clientId: client.id }), userId, credentialId: code.id }
      const why = { at: needs.now(), reason: 'code-spent' }
      await needs.credentials.revokeGrant(id, entry(act, 'reuse-detected', thing, why))
      throw new Refusal('code-spent', `code ${code.id} was used before; grant ${code.grantId} has been revoked`)
    }
    const state = statusOf(code, needs.now())
    if (state !== 'active') throw new Refusal('code-unknown', `code ${code.id} is ${state}`)

    const granted = code.data.resources
    const asked = ask.resources.length > 0 ? ask.resources : granted
    const resources = await chooseResources(needs, asked)
    refuseBeyond(granted, resources)
    return issueForGrant(needs, by, { code, resources })
  },
}

function checkRedirect(code: Credential<'authorization-code'>, ask: CodeAsk): void {
  if (ask.redirectUri === undefined && !code.data.redirectUriSent) return
  if (ask.redirectUri !== code.data.redirectUri)
    throw new Refusal('redirect-mismatch', `sent ${ask.redirectUri ?? 'none'}, authorized ${code.data.redirectUri}`)
}

/**
 * RFC 7636 section 4.6. A verifier without a challenge means that someone has removed the challenge (RFC 9700 section
 * 4.8.2).
 */
function checkVerifier(client: Client, code: Credential<'authorization-code'>, ask: CodeAsk): void {
  const { challenge } = code.data
  if (challenge === undefined) {
    if (ask.verifier !== undefined)
      throw unfitVerifier('was sent, but the authorization request had no code_challenge; send both or neither')
    if (client.type === 'public') throw new Refusal('verifier-missing', 'a public client without PKCE')
    return
  }
  if (ask.verifier === undefined) throw new Refusal('verifier-missing', 'no verifier', { parameter: 'code_verifier' })
  if (/[^A-Za-z0-9._~-]/.test(ask.verifier))
    throw unfitVerifier('may hold letters, digits and the characters - . _ ~ only (RFC 7636 section 4.1)')
  const { length } = ask.verifier
  if (length < 43 || length > 128)
    throw unfitVerifier(`must have 43 to 128 characters (RFC 7636 section 4.1); this one has ${length}`)
  if (!sameText(createHash('sha256').update(ask.verifier).digest('base64url'), challenge))
    throw new Refusal('verifier-wrong', `wrong verifier for code ${code.id}`)
}

const unfitVerifier = (why: string): Refusal =>
  new Refusal('verifier-wrong', `a verifier that ${why}`, {
    parameter: 'code_verifier',
    sentence: `The code_verifier ${why}.`,
  })
