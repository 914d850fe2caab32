import { hintOf, mintSecret } from '../../crypto/credential-format.ts'
import type { NewClient, ResourceServer } from '../../model/clients/client.ts'
import { entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { readAudience } from '../../model/scopes/audience.ts'
import { checkScopes } from '../../model/scopes/check-scopes.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import { DAY, MINUTE, SECOND } from '../../model/span.ts'
import type { Act } from '../../model/users/actor.ts'
import { requirePermission } from '../authority.ts'
import { checkName } from '../clients/name-rules.ts'
import type { World } from '../world.ts'

/** Makes a resource server and the client with which it authenticates here. The secret is shown once. */
export async function createResource(needs: Needs, act: Act, ask: CreateResource): Promise<CreatedResource> {
  requirePermission(act.by, 'createResourceServer')
  checkName(ask.name)
  checkRollingExp(ask.rollingExpSeconds)
  const audience = readAudience(ask.audience)
  checkScopes(ask.scopes)
  // Audiences that differ only by a final slash are the same, because look-ups ignore the slash.
  if (await needs.resources.byAudience(otherSpelling(audience))) throw taken(audience)

  const now = needs.now()
  const secret = mintSecret('cs')
  const client: NewClient = {
    id: mintSecret('cid'),
    name: ask.name,
    redirectUris: [],
    grantTypes: [],
    scopes: [],
    type: 'confidential',
    policy: needs.rules.policy,
    source: 'resource-server',
    active: true,
    createdAt: now,
    metadata: {},
    secrets: [{ fingerprint: needs.vault.fingerprint(secret), hint: hintOf(secret), createdAt: now }],
  }
  const resource: ResourceServer = {
    audience,
    name: ask.name,
    clientId: client.id,
    scopes: [...new Set(ask.scopes)],
    tokenFormat: ask.tokenFormat ?? 'opaque',
    strictAudience: ask.strictAudience ?? false,
    createdAt: now,
    ...(ask.keyConsent && { keyConsent: true as const }),
    ...(ask.rollingExpSeconds !== undefined && { rollingExpSeconds: ask.rollingExpSeconds }),
  }
  const thing = { about: 'resource', aboutId: resource.audience, clientId: client.id }
  const outcome = await needs.resources.create(resource, client, entry(act, 'created', thing, { at: now }))
  if (outcome === 'name-taken') throw taken(audience)
  return { resource, clientId: client.id, secret }
}

/** Checks the range: one minute to ten years; `null` clears the value. */
export function checkRollingExp(seconds: number | null | undefined): void {
  if (typeof seconds !== 'number') return
  if (Number.isSafeInteger(seconds) && seconds >= MINUTE / SECOND && seconds <= (3650 * DAY) / SECOND) return
  throw new Refusal('parameter-invalid', `rolling end ${seconds}`, {
    parameter: 'rolling_exp_seconds',
    sentence: 'The end that is reported for credentials without one lies 60 seconds to 3650 days ahead.',
  })
}

const otherSpelling = (audience: string): string => (audience.endsWith('/') ? audience.slice(0, -1) : `${audience}/`)
const taken = (audience: string): Refusal => new Refusal('name-taken', `${audience} exists`, { parameter: 'audience' })

export type CreateResource = {
  audience: string
  name: string
  scopes: Scope[]
  tokenFormat?: ResourceServer['tokenFormat']
  strictAudience?: boolean
  rollingExpSeconds?: number
  keyConsent?: boolean
}
export type CreatedResource = { resource: ResourceServer; clientId: string; secret: string }
type Needs = Pick<World, 'resources' | 'vault' | 'rules' | 'now'>
