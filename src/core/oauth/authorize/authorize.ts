import type { Client } from '../../../model/clients/client.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import { type BrowserAct, rootOf, type Session } from '../../../model/users/session.ts'
import { type OpenDocumentNeeds, openDocumentClient } from '../../clients/documents/open-document-client.ts'
import { openCommandLineClient } from '../../clients/open-command-line-client.ts'
import type { World } from '../../world.ts'
import { wayOf } from '../ways/ways.ts'
import { checkRequest } from './check-request.ts'
import { grantedBy } from './granted-by.ts'
import { sealInteraction } from './interaction.ts'
import { nextStep } from './next-step.ts'
import { grantWithCode } from './open-grant.ts'
import { askConsent, codeFor, type Outcome, refusedTo } from './outcome.ts'
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
  const { ask, refusal } = await unwrapRequest(needs, act.from, client, sent)
  return { ...(await settle(needs, act, client, ask, refusal)), ...localesOf(ask) }
}

/** Takes the first step of a request. `refusal`: its request object cannot be used. */
async function settle(
  needs: Needs,
  act: BrowserAct,
  client: Client,
  ask: AuthorizeAsk,
  refusal: Refusal | undefined,
): Promise<Outcome> {
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
    return { is: 'waiting', interaction: sealInteraction(needs, act, request, id), ...localesOf(ask) }
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

const localesOf = ({ uiLocales }: AuthorizeAsk) => (uiLocales === undefined ? {} : { uiLocales })

/** A checked request and its client. */
type Asked = { client: Client; request: AuthorizationRequest }

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
