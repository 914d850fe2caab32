import { type Client, isOutOfBand, type ScopeText } from '../../../model/client.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Scope } from '../../../model/scope.ts'
import type { Browser, Session } from '../../../model/session.ts'
import type { User } from '../../../model/user.ts'
import type { Made } from '../../credentials/make-credential.ts'
import type { Source, World } from '../../world.ts'
import { checkRequest } from './check-request.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { nextStep } from './next-step.ts'
import { grantWithCode } from './open-grant.ts'
import type { AuthorizationRequest, AuthorizeAsk, ReturnAddress } from './request.ts'
import { clientOf, returnAddress } from './return-address.ts'

/**
 * An application asks for access (RFC 6749 section 4.1.1). First who asks and where the answer would go: refusals of
 * these two are thrown and end on a page of our own. From then on every refusal is an answer to the application.
 */
export async function authorize(needs: Needs, browser: Browser, ask: AuthorizeAsk): Promise<Outcome> {
  const client = await clientOf(needs, ask.clientId)
  const to = returnAddress(client, ask)
  try {
    const request = await checkRequest(needs, client, ask, to)
    const step = await nextStep(needs, browser.session, client, request)
    if (step.is === 'settled') return await answerAtOnce(needs, { client, request, from: ask.from }, step)
    const interaction = await openInteraction(needs, browser, request, ask.from)
    if (step.is === 'sign-in') return { is: 'sign-in', interaction, client }
    return await askConsent(needs, client, interaction, step)
  } catch (error) {
    return refusedTo(needs, { client, to, from: ask.from }, error)
  }
}

/** Consent is remembered: the grant and its code are stored, and nobody is asked. */
async function answerAtOnce(
  needs: Needs,
  { client, request, from }: Asked,
  { session, scopes }: { session: Session; scopes: Scope[] },
): Promise<Outcome> {
  const { user } = session
  const { grant, code } = grantWithCode(needs, { client, user, request, scopes })
  const opened = await needs.grants.open(grant, code.credential, grantedEntry(grant, user, from), user)
  if (opened === 'outdated') throw new Refusal('login-required', `all of ${user.id} was ended at the same moment`)
  return codeFor(needs, { client, to: request, scopes }, code)
}

/** The question, with the operator's words for what is asked, and what this application has already. */
export async function askConsent(
  needs: Pick<World, 'scopes' | 'grants'>,
  client: Client,
  interaction: Interaction,
  { session, scopes }: { session: Session; scopes: Scope[] },
): Promise<Outcome> {
  const { user } = session
  const [texts, grants] = await Promise.all([needs.scopes.list(), needs.grants.ofUser(user.id)])
  const had = grants.filter(grant => grant.clientId === client.id).flatMap(grant => grant.scopes)
  return { is: 'consent', interaction, client, user, scopes, had, texts }
}

export async function codeFor(
  needs: Pick<World, 'scopes'>,
  { client, to, scopes }: { client: Client; to: ReturnAddress; scopes: Scope[] },
  { secret, credential }: Made,
): Promise<Outcome> {
  const { createdAt, expiresAt = createdAt } = credential
  const lifeSeconds = Math.floor((expiresAt - createdAt) / 1000)
  const texts = isOutOfBand(to.redirectUri) ? await needs.scopes.list() : []
  return { is: 'code', client, to, scopes, texts, code: secret, lifeSeconds }
}

export const grantedEntry = (grant: { id: string; clientId: string; createdAt: number }, user: User, from: Source) => ({
  at: grant.createdAt,
  event: 'granted' as const,
  about: 'grant',
  aboutId: grant.id,
  actor: user.id,
  userId: user.id,
  clientId: grant.clientId,
  ...from,
})

/** A refusal that the application may hear; anything else is an outage or a bug and goes its own way. */
export function refusedTo(
  needs: Pick<World, 'witness' | 'now'>,
  { client, to, from }: { client: Client; to: ReturnAddress; from: Source },
  error: unknown,
): Outcome {
  if (!(error instanceof Refusal)) throw error
  needs.witness.note({
    at: needs.now(),
    event: 'refused',
    about: 'client',
    aboutId: client.id,
    actor: client.id,
    clientId: client.id,
    reason: error.code,
    ...from,
  })
  return { is: 'refused', client, to, refusal: error }
}

/** A request that has passed its checks: what is asked, by which application, and from where. */
type Asked = { client: Client; request: AuthorizationRequest; from: Source }

/** What happens next. `code` and `refused` are answers to the application; the others are pages for the person. */
export type Outcome =
  | { is: 'sign-in'; interaction: Interaction; client: Client }
  | {
      is: 'consent'
      interaction: Interaction
      client: Client
      user: User
      scopes: Scope[]
      had: Scope[]
      texts: ScopeText[]
    }
  | {
      is: 'code'
      client: Client
      to: ReturnAddress
      scopes: Scope[]
      texts: ScopeText[]
      code: string
      lifeSeconds: number
    }
  | { is: 'refused'; client: Client; to: ReturnAddress; refusal: Refusal }

type Needs = Pick<World, 'directory' | 'grants' | 'credentials' | 'scopes' | 'vault' | 'witness' | 'now'>
