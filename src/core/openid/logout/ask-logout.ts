import { type Client, mayAct } from '../../../model/clients/client.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { type BrowserAct, rootOf } from '../../../model/users/session.ts'
import type { World } from '../../world.ts'
import { sessionIdFor } from '../session-id.ts'

/** The parameters of a logout request (OpenID Connect RP-Initiated Logout 1.0 section 2), before they are checked. */
export type LogoutAsk = {
  idTokenHint?: string | undefined
  clientId?: string | undefined
  postLogoutRedirectUri?: string | undefined
  state?: string | undefined
}

/** A checked request: the application that asks, and the registered address to which the browser goes afterwards. */
export type Logout = {
  client?: Client
  postLogoutRedirectUri?: string
  state?: string
  /** True if the request has an id token of this server, which the application got when somebody signed in. */
  hinted: boolean
  /** True if that id token is of this browser's session. The person then does not have to confirm. */
  proven: boolean
}

const LONGEST_STATE = 8192

/**
 * Checks a logout request. The id token may have expired, and its key may have been retired. A faulty request is
 * refused on a page, without redirect, and ends no session.
 */
export async function askLogout(needs: Needs, { session }: BrowserAct, ask: LogoutAsk): Promise<Logout> {
  const { idTokenHint, postLogoutRedirectUri, state } = ask
  const hint = idTokenHint === undefined ? undefined : await needs.signer.verify(idTokenHint, 'id-token')
  if (idTokenHint !== undefined && hint?.iss !== needs.rules.issuer)
    throw unfit('id_token_hint', 'The parameter id_token_hint is no id token of this server.')
  if (hint && ask.clientId !== undefined && ask.clientId !== hint.aud)
    throw unfit('client_id', 'The parameter id_token_hint is an id token of another client than client_id names.')
  const client = await clientOf(needs, ask.clientId ?? hint?.aud)
  if (state !== undefined && state.length > LONGEST_STATE) throw unfit('state', 'The parameter state is too long.')
  if (postLogoutRedirectUri !== undefined) checkAddress(client, postLogoutRedirectUri)
  const proven =
    session !== undefined &&
    client !== undefined &&
    hint?.sid !== undefined &&
    hint.sid === sessionIdFor(needs, rootOf(session.credential), client)
  return {
    ...(client && { client }),
    // The person is signed out all the same, but the browser is not sent to an application that staff disabled.
    ...(postLogoutRedirectUri !== undefined && client && mayAct(client) && { postLogoutRedirectUri }),
    ...(state !== undefined && { state }),
    hinted: hint !== undefined,
    proven,
  }
}

async function clientOf(needs: Needs, id: string | undefined): Promise<Client | undefined> {
  if (id === undefined) return undefined
  const client = await needs.lookups.client(id)
  if (!client)
    throw new Refusal('client-unknown', `no client ${id.slice(0, 100)}`, {
      parameter: 'client_id',
      sentence: 'The application that sent you here is not known to this server.',
    })
  return client
}

/** Compares the complete address, so that the browser is sent to no other address (section 3). */
function checkAddress(client: Client | undefined, address: string): void {
  if (!client)
    throw unfit(
      'post_logout_redirect_uri',
      'The parameter post_logout_redirect_uri needs id_token_hint or client_id, which name the application.',
    )
  if (!client.metadata.postLogoutRedirectUris?.includes(address))
    throw new Refusal('redirect-not-registered', `${client.id} sent ${address.slice(0, 300)}`, {
      parameter: 'post_logout_redirect_uri',
      sentence: 'The address to go to after signing out is not registered for this application.',
    }).concerning({ clientId: client.id })
}

const unfit = (parameter: string, sentence: string): Refusal =>
  new Refusal('parameter-invalid', `unfit ${parameter}`, { parameter, sentence })

type Needs = Pick<World, 'signer' | 'lookups' | 'vault' | 'rules'>
