import { type Client, isOutOfBand } from '../../../model/clients/client.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { checkRedirectUri, internationalHost, matchesRedirect } from '../../clients/redirect-uri.ts'
import type { World } from '../../world.ts'
import { refuseDisabled } from '../refuse-disabled.ts'
import type { ReturnAddress } from '../ways/way.ts'
import type { AuthorizeAsk } from './request.ts'

const LONGEST_STATE = 8192

/*
 * The first checks of a request (RFC 6749 section 4.1.2.1): the client, and whether the address belongs to it. Until
 * both pass there is no redirect: a refusal is thrown, for an error page.
 */

export async function clientOf(needs: Pick<World, 'lookups'>, clientId: string): Promise<Client> {
  const client = await needs.lookups.client(clientId)
  if (!client)
    throw new Refusal('client-unknown', `no client ${clientId.slice(0, 100)}`, {
      parameter: 'client_id',
      sentence: 'The application that sent you here is not known to this server.',
    })
  refuseDisabled(client, { parameter: 'client_id' })
  return client
}

/** Adds the client to a refusal, so that the client's developer can find it in the journal. */
export function returnAddress(client: Client, ask: AddressAsk): ReturnAddress {
  try {
    return checkAddress(client, ask)
  } catch (error) {
    throw error instanceof Refusal ? error.concerning({ clientId: client.id }) : error
  }
}

/**
 * Compares the address with the registered ones (RFC 9700 section 2.1), and checks it again by the rules of
 * registration.
 */
function checkAddress(client: Client, ask: AddressAsk): ReturnAddress {
  const redirectUri = ask.redirectUri ?? onlyAddress(client, ask.scopes)
  if (!client.redirectUris.some(registered => matchesRedirect(registered, redirectUri, client))) {
    // The sentence contains no text of the request.
    const hint = 'The redirect address names an international host. Use its ASCII form (xn--...), as it is registered.'
    throw new Refusal('redirect-not-registered', `${client.id} sent ${redirectUri.slice(0, 300)}`, {
      parameter: 'redirect_uri',
      ...(internationalHost(redirectUri) && { sentence: hint }),
    })
  }
  try {
    checkRedirectUri(redirectUri, client.policy)
  } catch (error) {
    throw new Refusal('redirect-not-registered', `no longer fit: ${(error as Error).message}`, {
      parameter: 'redirect_uri',
    })
  }
  const to = { redirectUri, redirectUriSent: ask.redirectUri !== undefined }
  if (ask.state === undefined) return to
  if (/[\0\r\n]/.test(ask.state) || ask.state.length > LONGEST_STATE)
    throw new Refusal('parameter-invalid', 'a state with line breaks, or too long', {
      parameter: 'state',
      sentence: 'The parameter state has characters that cannot be used, or is too long.',
    })
  return { ...to, state: ask.state }
}

/**
 * Section 3.1.2.3: the address may be omitted if there is only one; never in OpenID Connect, and never if the person copies the
 * code.
 */
function onlyAddress(client: Client, scopes: readonly string[] | undefined): string {
  const [only, ...others] = client.redirectUris
  if (only === undefined || others.length > 0 || isOutOfBand(only) || scopes?.includes('openid'))
    throw new Refusal('redirect-missing', `${client.id} has ${client.redirectUris.length} addresses`, {
      parameter: 'redirect_uri',
    })
  return only
}

type AddressAsk = Pick<AuthorizeAsk, 'redirectUri' | 'state' | 'scopes'>
