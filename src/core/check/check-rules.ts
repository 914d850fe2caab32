import { type Client, mayAct, type ResourceServer } from '../../model/clients/client.ts'
import { type CredentialKind, hasEnded, KINDS, networksOf } from '../../model/credentials/credential.ts'
import { type AcceptedDialects, acceptsKind, type Finding, type Reason } from '../../model/credentials/verdict.ts'
import { inNetworks } from '../../model/networks.ts'
import { sameAudience } from '../../model/scopes/audience.ts'
import { covers, coversAll, EVERYTHING, NOTHING, notCovered, type Scope } from '../../model/scopes/scope.ts'
import type { CredentialFacts } from '../../ports/stores.ts'

/** The conditions of the asking side. An absent field accepts everything. */
export type Acceptance = {
  /** The credential must cover all of these. */
  scopes?: readonly Scope[]
  /** The credential must cover at least one of these. */
  anyScope?: readonly Scope[]
  /**
   * The credential must be valid for all of these audiences: the one of the asking resource server, and the one in
   * the question.
   */
  audiences?: readonly Pick<ResourceServer, 'audience' | 'strictAudience'>[]
  /** Accepted families of credentials; absent: native kinds only; `any`: every kind. */
  dialects?: AcceptedDialects
  /** The address of the API's caller, for credentials bound to networks; absent if unknown. */
  ip?: string | undefined
}

export type Rule = {
  name: string
  reason: Reason
  passes(facts: CredentialFacts, ask: Acceptance, now: number, scopes: readonly Scope[]): boolean
  explain(
    facts: CredentialFacts,
    ask: Acceptance,
    now: number,
    scopes: readonly Scope[],
  ): Omit<Finding, 'rule' | 'passed'>
}

/** All rules, in the order of evaluation. The first rule that fails gives the reason. */
export const RULES: readonly Rule[] = [
  {
    name: 'not revoked',
    reason: 'credential-revoked',
    passes: ({ credential, grant, ended }) =>
      credential.revokedAt === undefined &&
      grant?.revokedAt === undefined &&
      !(credential.grantId && !grant) &&
      ended === undefined,
    explain: ({ credential, grant, ended }) => ({
      found: when('revoked', credential.revokedAt ?? grant?.revokedAt) ?? (ended ? ENDED[ended] : 'never revoked'),
      needed: 'a new credential; a revoked one never works again',
    }),
  },
  {
    name: 'not expired',
    reason: 'credential-expired',
    passes: ({ credential }, _ask, now) => !hasEnded(credential.expiresAt, now),
    explain: ({ credential, parent }) => ({
      found: (when('expires', credential.expiresAt) ?? 'never expires') + asItsKey(parent),
      needed: 'a time before its end; issue or refresh it',
    }),
  },
  {
    name: 'enabled',
    reason: 'credential-disabled',
    passes: ({ credential }) => credential.disabledAt === undefined,
    explain: ({ credential, parent }) => ({
      found: (when('disabled', credential.disabledAt) ?? 'not disabled') + asItsKey(parent),
      needed: 'to be enabled again: claviger credential update ID --enable',
    }),
  },
  // This rule precedes all rules about users, so an API for which the credential was not made learns nothing about
  // the user.
  {
    name: 'audience',
    reason: 'audience-wrong',
    passes: ({ credential }, { audiences }) =>
      !audiences ||
      audiences.every(({ audience, strictAudience }) =>
        credential.audience.length === 0
          ? !strictAudience
          : credential.audience.some(named => sameAudience(named, audience)),
      ),
    explain: ({ credential }, { audiences }) => ({
      found: credential.audience.join(' ') || 'names no audience',
      needed:
        audiences?.map(one => one.audience + (one.strictAudience ? ' (strict: must be named)' : '')).join(' and ') ||
        'any',
    }),
  },
  {
    name: 'owner active',
    reason: 'owner-disabled',
    // A credential without a user belongs to the user who registered its client.
    passes: ({ credential, user, client }) =>
      credential.userId === undefined ? client?.ownerDisabled === undefined : user?.active === true,
    explain: ({ credential, user, client }) => ({
      found:
        credential.userId === undefined
          ? registrant(client)
          : user
            ? `${user.handle} is ${user.active ? 'active' : 'disabled'}`
            : 'the owner was deleted',
      needed: 'an active owner: claviger user enable',
    }),
  },
  {
    name: 'client active',
    reason: 'client-disabled',
    passes: ({ credential, client }) => credential.clientId === undefined || (client !== undefined && mayAct(client)),
    explain: ({ credential, client }) => ({
      found:
        credential.clientId === undefined
          ? 'no client'
          : client
            ? `${client.name} is ${client.active ? 'active' : 'disabled'}${client.ownerDisabled ? `; ${registrant(client)}` : ''}`
            : 'the client was deleted',
      needed: 'an active client, registered by somebody who is active',
    }),
  },
  {
    name: 'kind accepted here',
    reason: 'dialect-wrong',
    passes: ({ credential }, { dialects }) => acceptsKind(dialects, credential.kind),
    explain: ({ credential }, { dialects }) => ({
      found: KINDS[credential.kind].shown,
      needed: acceptedKinds(dialects).join(', '),
    }),
  },
  {
    name: 'network',
    reason: 'network-not-allowed',
    passes({ credential }, { ip }) {
      const networks = networksOf(credential)
      return networks === undefined || (ip !== undefined && inNetworks(ip, networks))
    },
    explain: ({ credential, parent }, { ip }) => ({
      found: ip ?? 'address not told',
      needed: (networksOf(credential)?.join(' ') ?? 'any network') + asItsKey(parent),
    }),
  },
  {
    name: 'scope',
    reason: 'scope-insufficient',
    passes: (_facts, { scopes: all, anyScope }, _now, held) =>
      (!all || coversAll(held, all)) && (!anyScope || anyScope.some(scope => covers(held, scope))),
    explain: ({ credential, parent }, { scopes: all = [], anyScope = [] }, _now, held) => {
      const lacking = notCovered(held, all)
      const needed = lacking.length > 0 ? `also ${lacking.join(' ')}` : [...all, anyScope.join(' or ')].join(' ').trim()
      const found = credential.scopes || held.length > 0 ? held.join(' ') || NOTHING : ''
      const own = credential.scopes ? found : `${EVERYTHING}${found && ` (${found})`}`
      return { found: own + asItsKey(parent), needed: needed || 'none' }
    },
  },
]

/** A token whose grant was made from a key has no more rights than the key. */
const asItsKey = (key: CredentialFacts['parent']): string =>
  key ? `, no more than its key ${key.name ?? key.hint}` : ''

const ENDED = {
  'by-itself': 'it was revoked',
  'with-its-key': 'the key that it came from was revoked or is gone',
  'with-its-client': 'all that its application had was revoked, or the application is gone',
}

const acceptedKinds = (dialects: AcceptedDialects): string[] =>
  (Object.keys(KINDS) as CredentialKind[]).filter(kind => acceptsKind(dialects, kind)).map(kind => KINDS[kind].shown)

const registrant = (client: Client | undefined): string => {
  if (client?.ownerId === undefined) return 'no owner'
  return `${client.ownerId}, who registered ${client.name}, is ${client.ownerDisabled ? 'disabled or gone' : 'active'}`
}

const when = (what: string, at: number | undefined): string | undefined =>
  at === undefined ? undefined : `${what} ${new Date(at).toISOString()}`
