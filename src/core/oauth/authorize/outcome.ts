import type { Client, ScopeText } from '../../../model/clients/client.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import type { Act, ClientActor } from '../../../model/users/actor.ts'
import type { BrowserAct, Session } from '../../../model/users/session.ts'
import type { User } from '../../../model/users/user.ts'
import { type LogoKeys, logoKeys } from '../../clients/logo-key.ts'
import type { NewCredential } from '../../credentials/issue/make-credential.ts'
import { scopesOfClaims } from '../../openid/user-claims.ts'
import type { World } from '../../world.ts'
import type { KeyStep } from '../key-consent/key-step.ts'
import type { Way } from '../ways/way.ts'
import { rulesOf } from '../ways/ways.ts'
import type { Interaction } from './interaction.ts'
import { isGrantTo } from './next-step.ts'

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
  return { is: 'consent', interaction, client, ...logoKeys(needs, client), user, scopes, had, texts }
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

/** The next step. `code` and `refused` are answers to the application; the others are pages for the person. */
export type Outcome = {
  /** The languages that the request names for its pages. */
  uiLocales?: string
} & (
  | { is: 'waiting'; interaction: Interaction }
  | { is: 'sign-in'; interaction: Interaction; client: Client }
  | (LogoKeys & {
      is: 'consent'
      interaction: Interaction
      client: Client
      user: User
      scopes: Scope[]
      had: Scope[]
      texts: ScopeText[]
      /** The key that the person presented; absent if the user signed in. */
      key?: Credential
    })
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
)
