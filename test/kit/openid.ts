import { decodeJwt, type JWTPayload } from 'jose'
import * as openid from 'openid-client'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { CALLBACK, signIn } from './cast.ts'
import { type Person, person } from './person.ts'
import type { TestServer } from './server.ts'

/* OpenID Connect as a client library walks it: discovery, request, answer, id token, each checked by openid-client. */

export type Relying = { config: openid.Configuration; server: TestServer; client: RegisteredClient }

export async function relying(server: TestServer, client: RegisteredClient): Promise<Relying> {
  const proof = client.secret ? openid.ClientSecretBasic(client.secret) : openid.None()
  const { idTokenSignedResponseAlg: alg, userinfoSignedResponseAlg: userinfo } = client.client.metadata
  const metadata = {
    ...(alg && { id_token_signed_response_alg: alg }),
    ...(userinfo && { userinfo_signed_response_alg: userinfo }),
  }
  const config = await openid.discovery(new URL(server.url), client.client.id, metadata, proof, {
    execute: [openid.allowInsecureRequests],
  })
  return { config, server, client }
}

type Signed = { tokens: Awaited<ReturnType<typeof openid.authorizationCodeGrant>>; who: Person; sentTo: URL }

/** A person signs in and allows all that is asked, or is sent on at once. */
export async function walk(
  relying: Relying,
  parameters: Record<string, string> = {},
  { who = person(relying.server.url), handle = 'alice' }: { who?: Person; handle?: string } = {},
): Promise<Signed> {
  const verifier = openid.randomPKCECodeVerifier()
  const state = openid.randomState()
  const nonce = openid.randomNonce()
  const to = openid.buildAuthorizationUrl(relying.config, {
    redirect_uri: CALLBACK,
    scope: 'openid',
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...parameters,
  })
  let sight = await who.visit(to.href)
  if (!sight.sentTo && /\/login/.test(sight.url ?? '')) sight = await signIn(who, handle)
  if (!sight.sentTo) sight = await who.submit({ decision: 'allow' })
  const sentTo = sight.sentTo as URL
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
    ...(parameters['max_age'] && { maxAge: Number(parameters['max_age']) }),
  }
  return { tokens: await openid.authorizationCodeGrant(relying.config, sentTo, checks), who, sentTo }
}

export const idTokenOf = ({ tokens }: Pick<Signed, 'tokens'>): JWTPayload => decodeJwt(tokens.id_token as string)
