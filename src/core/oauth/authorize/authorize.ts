import type { Client, ScopeText } from '../../../model/clients/client.ts'
import type { Credential, Grant } from '../../../model/credentials/credential.ts'
import { aboutClient, aboutGrant, entry, type JournalEntry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import type { Act, ClientActor, UserActor } from '../../../model/users/actor.ts'
import { type BrowserAct, rootOf, type Session } from '../../../model/users/session.ts'
import type { User } from '../../../model/users/user.ts'
import { type OpenDocumentNeeds, openDocumentClient } from '../../clients/documents/open-document-client.ts'
import { logoKey } from '../../clients/find-logo.ts'
import { openCommandLineClient } from '../../clients/open-command-line-client.ts'
import type { NewCredential } from '../../credentials/make-credential.ts'
import { scopesOfClaims } from '../../openid/user-claims.ts'
import type { World } from '../../world.ts'
import type { KeyStep } from '../key-consent/key-step.ts'
import type { Way } from '../ways/way.ts'
import { rulesOf, wayOf } from '../ways/ways.ts'
import { checkRequest } from './check-request.ts'
import { type Interaction, sealInteraction } from './interaction.ts'
import { isGrantTo, nextStep } from './next-step.ts'
import { grantWithCode } from './open-grant.ts'
import { openPushed } from './pushed-request.ts'
import type { AuthorizationRequest, AuthorizeAsk } from './request.ts'
import { type UnwrapNeeds, unwrapRequest } from './request-object.ts'
import { clientOf } from './return-address.ts'

/**
 * An authorization request (RFC 6749 section 4.1.1). Checks client and address first: their refusals are thrown, for an
 * error page. All later refusals are answers to the application.
 */
export async function authorize(needs: Needs, act: BrowserAct, sent: AuthorizeAsk): Promise<Outcome> {
  await openCommandLineClient(needs, sent.clientId)
  await openDocumentClient(needs, act, sent.clientId)
  const client = await clientOf(needs, sent.clientId)
  if (sent.pushed !== undefined) return takeUp(needs, act, client, sent.pushed)
  const { ask, refusal } = await unwrapRequest(needs, client, sent)
  const way = wayOf(client, ask)
  try {
    if (refusal) throw refusal
    const request = { way, ...(await checkRequest(needs, 'authorize', client, ask)) }
    const step = await nextStep(needs, act.session, client, { request, askedAt: needs.now() })
    if (step.is === 'settled') return await answerAtOnce(needs, act, { client, request }, step)
    const interaction = sealInteraction(needs, act, request)
    if (step.is === 'sign-in') return { is: 'sign-in', interaction, client }
    return await askConsent(needs, client, interaction, step)
  } catch (error) {
    return refusedTo(needs, act, { client, way }, error)
  }
}

/** Continues a pushed request at an address of its own, so that a reload does not need the short-lived reference. */
async function takeUp(needs: Needs, act: BrowserAct, client: Client, reference: string): Promise<Outcome> {
  const { id, ask } = openPushed(needs, client, reference)
  const way = wayOf(client, ask)
  try {
    const request = { way, ...(await checkRequest(needs, 'par', client, ask)) }
    return { is: 'waiting', interaction: sealInteraction(needs, act, request, id) }
  } catch (error) {
    return refusedTo(needs, act, { client, way }, error)
  }
}

/** Answers without a page if an earlier consent is remembered: stores the grant and its code. */
async function answerAtOnce(
  needs: Needs,
  { from }: BrowserAct,
  { client, request }: Asked,
  { session, scopes }: { session: Session; scopes: Scope[] },
): Promise<Outcome> {
  const { user, authentication, credential } = session
  const allowed = { client, user, authentication, sessionId: rootOf(credential), request, scopes }
  const { grant, code } = grantWithCode(needs, allowed)
  const opened = await needs.grants.open(
    grant,
    code.credential,
    grantedBy({ by: { is: 'user', user }, from }, grant),
    user,
  )
  if (opened === 'outdated') throw new Refusal('login-required', `all of ${user.id} was ended at the same moment`)
  return codeFor(needs, { client, way: request.way, scopes }, code)
}

/** The consent question, with the descriptions of the scopes and the existing grants of this application. */
export async function askConsent(
  needs: Pick<World, 'scopes' | 'grants' | 'vault'>,
  client: Client,
  interaction: Interaction,
  { session, scopes }: { session: Session; scopes: Scope[] },
): Promise<Outcome> {
  const { user } = session
  const [texts, grants] = await Promise.all([needs.scopes.list(), needs.grants.ofUser(user.id)])
  const had = grants
    .filter(grant => isGrantTo(client, grant))
    .flatMap(grant => [...grant.scopes, ...scopesOfClaims(grant.openid?.claims)])
  const logo = logoKey(needs, client)
  return { is: 'consent', interaction, client, ...(logo !== undefined && { logo }), user, scopes, had, texts }
}

/** Asks a person who presented a key for consent. The page shows only the name of the key's owner. */
export async function askConsentByKey(
  needs: Pick<World, 'scopes'>,
  client: Client,
  interaction: Interaction,
  { key, user, scopes }: KeyStep,
): Promise<Outcome> {
  return { is: 'consent', interaction, client, user, scopes, had: [], texts: await needs.scopes.list(), key }
}

export async function codeFor(
  needs: Pick<World, 'scopes'>,
  { client, way, scopes }: { client: Client; way: Way; scopes: Scope[] },
  { secret, credential }: NewCredential,
): Promise<Outcome> {
  const { createdAt, expiresAt = createdAt } = credential
  const lifeSeconds = Math.floor((expiresAt - createdAt) / 1000)
  const texts = rulesOf(way).listsScopes ? await needs.scopes.list() : []
  return { is: 'code', client, way, scopes, texts, code: secret, lifeSeconds }
}

/** The journal entry of a consent. */
export const grantedBy = (act: Act<UserActor>, grant: Grant): JournalEntry =>
  entry(act, 'granted', { ...aboutGrant(grant), credentialId: grant.parentId }, { at: grant.createdAt })

/** Makes the refusal an answer to the application. Outages and bugs are thrown. */
export function refusedTo(
  needs: Pick<World, 'recorder' | 'now'>,
  { from }: BrowserAct,
  { client, way }: { client: Client; way: Way },
  error: unknown,
): Outcome {
  if (!(error instanceof Refusal)) throw error
  const asking: Act<ClientActor> = { by: { is: 'client', client }, from }
  const { parameter } = error.facts
  const why = { at: needs.now(), reason: error.code, ...(parameter !== undefined && { detail: { parameter } }) }
  needs.recorder.note(entry(asking, 'refused', aboutClient(client), why))
  return { is: 'refused', client, way, refusal: error }
}

/** A checked request and its client. */
type Asked = { client: Client; request: AuthorizationRequest }

/** The next step. `code` and `refused` are answers to the application; the others are pages for the person. */
export type Outcome =
  | { is: 'waiting'; interaction: Interaction }
  | { is: 'sign-in'; interaction: Interaction; client: Client }
  | {
      is: 'consent'
      interaction: Interaction
      client: Client
      /** The key of the client's logo. */
      logo?: string
      user: User
      scopes: Scope[]
      had: Scope[]
      texts: ScopeText[]
      /** The key that the person presented; absent if the user signed in. */
      key?: Credential
    }
  | {
      is: 'code'
      client: Client
      way: Way
      scopes: Scope[]
      texts: ScopeText[]
      code: string
      lifeSeconds: number
    }
  | { is: 'refused'; client: Client; way: Way; refusal: Refusal }

type Needs = OpenDocumentNeeds &
  UnwrapNeeds &
  Pick<
    World,
    | 'clients'
    | 'lookups'
    | 'grants'
    | 'credentials'
    | 'resources'
    | 'scopes'
    | 'vault'
    | 'recorder'
    | 'rules'
    | 'signer'
    | 'now'
  >
