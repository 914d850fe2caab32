import { CHANGEABLE, type ChangeableField } from '../../model/credentials/changeable.ts'
import { type Credential, KINDS, networksOf, statusOf } from '../../model/credentials/credential.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import { readNetworks } from '../../model/networks.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { covers, type Scope } from '../../model/scopes/scope.ts'
import { type Act, type Actor, nameOf } from '../../model/users/actor.ts'
import type { User } from '../../model/users/user.ts'
import type { CredentialChange } from '../../ports/credential-changes.ts'
import { checkKeyFor, isOwn, permits } from '../authority.ts'
import { checkName } from '../clients/name-rules.ts'
import { checkDeclared, type ScopeNeeds } from '../resources/scope-rules.ts'
import type { World } from '../world.ts'
import { checkEnd, checkNote, checkWithinOwner, readMetadata, readScopes } from './credential-rules.ts'
import { findCredential } from './find-credential.ts'

/**
 * Changes a credential but not its secret. Less power takes effect everywhere at once. More power (a scope, a later end,
 * more networks, enabling) requires the right to make such a credential for its owner.
 */
export async function changeCredential(needs: Needs, act: Act, ask: ChangeCredential): Promise<Credential> {
  const { credentialId, ...fields } = ask
  const credential = await findStored(needs, act, credentialId)
  checkChangeable(credential, fields, needs.now())
  const owner = credential.userId === undefined ? undefined : await needs.users.byId(credential.userId)
  const change = changeOf(fields, credential, act, needs.now())
  if (Object.keys(change).length === 0) return credential
  await checkDeclared(needs, added(credential, change))
  if (owner) checkGift(act.by, owner, credential, change)
  if (change.disabled === null && !mayEnable(act.by, credential))
    throw new Refusal('permission-missing', `disabled by ${credential.disabledBy}`, {
      sentence: 'An operator of this server disabled it, and only they can enable it again.',
    })
  const detail = detailOf(credential, change)
  const noted = entry(act, 'changed', aboutCredential(credential), { at: needs.now(), detail })
  const changed = await needs.credentials.change(credential, change, noted)
  if (changed === 'outdated')
    throw new Refusal('state-conflict', `${credential.id} was changed or revoked at the same moment`, {
      sentence: 'It was changed or revoked at this very moment. Look at it again, and repeat what you still want.',
    })
  return changed
}

/** An id without a row may belong to an access token without a row, which cannot be changed. */
async function findStored(needs: Needs, act: Act, id: string): Promise<Credential> {
  const staff = needs.statements.inUse() && permits(act.by, 'changeCredential')
  if (staff && /^[0-9a-f]{24}$/.test(id) && !(await needs.credentials.byId(id)))
    throw new Refusal('not-found', `no row ${id}`, {
      sentence: `Nothing stored has this id. ${CHANGEABLE['access-token']}`,
    })
  return findCredential(needs, act, id, 'changeCredential')
}

/** Checks that the kind, the state and the rotation of the credential allow the change. */
function checkChangeable(credential: Credential, fields: Fields, now: number): void {
  const allowed = CHANGEABLE[credential.kind]
  if (typeof allowed === 'string') throw unchangeable(credential, allowed)
  const state = statusOf(credential, now)
  if (state === 'revoked') throw unchangeable(credential, 'It was revoked, for good. Make a new one.')
  if (state === 'expired') throw unchangeable(credential, 'It has expired. Make a new one.')
  const asked = Object.keys(fields) as ChangeableField[]
  const not = asked.find(field => fields[field] !== undefined && !allowed.includes(field))
  if (not !== undefined)
    throw new Refusal('parameter-invalid', `${not} of a ${credential.kind}`, {
      parameter: PARAMETERS[not],
      sentence: `A credential of the kind ${KINDS[credential.kind].shown} has no ${PARAMETERS[not]} to change.`,
    })
  if (credential.spentAt !== undefined && endsLater(credential, fields))
    throw unchangeable(credential, 'It was replaced and works until the overlap ends; that cannot be put off.')
}

const unchangeable = ({ id, kind }: Credential, sentence: string): Refusal =>
  new Refusal('state-conflict', `${kind} ${id}`, { sentence })

const endsLater = (before: Credential, { expiresAt }: Pick<Fields, 'expiresAt'>): boolean =>
  expiresAt !== undefined && (expiresAt ?? FOR_EVER) > (before.expiresAt ?? FOR_EVER)
const FOR_EVER = Number.POSITIVE_INFINITY

const PARAMETERS: Record<ChangeableField, string> = {
  name: 'name',
  note: 'note',
  scopes: 'scopes',
  networks: 'networks',
  expiresAt: 'expires_at',
  active: 'active',
  metadata: 'metadata',
}

/** The requested fields that differ from the stored ones. */
function changeOf(fields: Fields, before: Credential, { by }: Act, now: number): CredentialChange {
  const { name, note, scopes, networks, expiresAt, active, metadata } = fields
  const change: CredentialChange = {}
  if (name !== undefined && name !== before.name) {
    checkName(name)
    change.name = name
  }
  if (note !== undefined) change.note = note === null || note === '' ? null : checkNote(note)
  if (scopes !== undefined) change.scopes = scopes && readScopes(scopes)
  if (networks !== undefined) {
    const read = readNetworks([...(networks ?? [])])
    change.networks = read.length > 0 ? read : null
  }
  if (expiresAt !== undefined && expiresAt !== (before.expiresAt ?? null)) {
    if (expiresAt !== null) checkEnd(expiresAt, now)
    change.expiresAt = expiresAt
  }
  if (metadata !== undefined) change.metadata = metadata && readMetadata(metadata)
  if (active === false && before.disabledAt === undefined) change.disabled = { at: now, by: nameOf(by) }
  if (active === true && before.disabledAt !== undefined) change.disabled = null
  return change
}

/** Checks added rights as for a new credential: the giver must hold them, and the owner must be allowed to use them. */
function checkGift(by: Actor, owner: User, before: Credential, change: CredentialChange): void {
  const { scopes } = change
  const more = added(before, change)
  const widest = scopes === null && before.scopes !== undefined
  if (goesOn(before, change)) checkKeyFor(by, owner, scopes === undefined ? before.scopes : (scopes ?? undefined))
  else if (widest || more.length > 0) checkKeyFor(by, owner, widest ? undefined : more)
  checkWithinOwner(owner, more)
}

/** The scopes that are named and were not covered before. */
const added = (before: Credential, { scopes }: CredentialChange): Scope[] =>
  scopes?.filter(scope => !covers(before.scopes ?? [], scope)) ?? []

/** True if the change lets the credential work longer, or from more networks. */
function goesOn(before: Credential, change: CredentialChange): boolean {
  const [formerly, networks] = [networksOf(before), change.networks]
  const elsewhere =
    networks !== undefined && formerly !== undefined && (networks?.some(one => !formerly.includes(one)) ?? true)
  return change.disabled === null || elsewhere || endsLater(before, change)
}

/** Owners may enable a credential that they have disabled, but not one that staff has disabled. */
const mayEnable = (by: Actor, { userId, disabledBy }: Credential): boolean =>
  permits(by, 'changeCredential') || (isOwn(by, userId) && disabledBy === userId)

/** The detail for the journal: names of changed fields, and old and new scopes and state. */
function detailOf(before: Credential, change: CredentialChange): Record<string, unknown> {
  const { disabled, scopes } = change
  return {
    fields: Object.keys(change).map(field => (field === 'disabled' ? 'active' : field)),
    ...(disabled !== undefined && { active: disabled === null }),
    ...(scopes !== undefined && { scopes, formerScopes: before.scopes ?? null }),
  }
}

type Fields = {
  name?: string
  note?: string | null
  /** `null`: all rights of the owner. */
  scopes?: readonly Scope[] | null
  /** `null` or empty: every network. */
  networks?: readonly string[] | null
  /** `null`: no end. */
  expiresAt?: number | null
  active?: boolean
  metadata?: Readonly<Record<string, string>> | null
}
/** Only present fields are changed; `null` clears a field. */
export type ChangeCredential = Fields & { credentialId: string }
type Needs = ScopeNeeds & Pick<World, 'credentials' | 'clients' | 'users' | 'statements' | 'now'>
