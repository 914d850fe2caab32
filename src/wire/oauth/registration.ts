import { showClientMetadata } from '../../core/clients/metadata/show-metadata.ts'
import { admitRegistration } from '../../core/clients/registration/admit-registration.ts'
import type { InitialToken } from '../../core/clients/registration/create-initial-token.ts'
import { deleteRegistration } from '../../core/clients/registration/delete-registration.ts'
import { proveRegistration } from '../../core/clients/registration/prove-registration.ts'
import { type RegisteredItself, registerItself } from '../../core/clients/registration/register-itself.ts'
import { updateRegistration } from '../../core/clients/registration/update-registration.ts'
import type { World } from '../../core/world.ts'
import { readBearer } from '../../http/authorization-header.ts'
import { readPlainJson, type WireRequest } from '../../http/request.ts'
import type { Client } from '../../model/clients/client.ts'
import type { Refusal, RefusalCode } from '../../model/refusals/refusal.ts'
import { SECOND } from '../../model/span.ts'
import type { Act, ClientActor, SelfRegistration } from '../../model/users/actor.ts'
import { anonymousAct, registrationAct } from '../callers/anyone.ts'
import { type Caller, type Route, route, type WireAnswer } from '../dialect.ts'
import { refuseStandard } from './standard-refusals.ts'
import { noStore } from './tokens.ts'

/* Registration by the clients themselves (RFC 7591), and its management (RFC 7592). */

const PATH = '/oauth2/register'

/** Anyone, or only the holder of an initial access token, depending on the settings. */
const registrant: Caller<Act<SelfRegistration> & { initial: InitialToken | undefined }> = {
  name: 'client: initial access token',
  async prove(world, request) {
    const act = registrationAct(request)
    const initial = await admitRegistration(world, act, { token: readBearer(request) })
    return { who: { ...act, initial }, concerns: initial ? { credentialId: initial.id } : {} }
  },
}

/** A client with its registration token. The path names the client. */
const registeredClient: Caller<Act<ClientActor> & { token: string }> = {
  name: 'client: registration token',
  async prove(world, request) {
    const act = anonymousAct(request)
    const token = readBearer(request)
    const client = await proveRegistration(world, act, { clientId: request.params['id'] ?? '', token })
    return {
      who: { by: { is: 'client', client }, from: act.from, token: token ?? '' },
      concerns: { clientId: client.id },
    }
  },
}

/** What is wrong with a body. All of it is metadata, so RFC 7591 section 3.2.2 has one error for it. */
const OF_THE_BODY: ReadonlySet<RefusalCode> = new Set([
  'request-malformed',
  'parameter-invalid',
  'media-type-unsupported',
  'body-too-large',
])

function refuseRegistration(refusal: Refusal, request: WireRequest): WireAnswer {
  const answer = refuseStandard(refusal, request)
  const body = answer.body as object
  return OF_THE_BODY.has(refusal.code) ? { ...answer, body: { ...body, error: 'invalid_client_metadata' } } : answer
}

export const registrationRoutes: readonly Route[] = [
  route({
    on: ['POST', PATH],
    caller: registrant,
    body: 'read',
    decode: (request, { initial }) => ({ document: readPlainJson(request), initial }),
    decide: async (world, act, ask) => described(world, await registerItself(world, act, ask)),
    encode: shown => showRegistration(201, shown),
    refuse: refuseRegistration,
    metadata: {
      address: 'registration_endpoint',
      onlyIf: ({ clientRegistration }) => clientRegistration !== 'closed',
    },
    cors: 'any-origin',
  }),
  route({
    on: ['GET', `${PATH}/:id`],
    caller: registeredClient,
    decode: () => undefined,
    decide: (world, { by, token }) => described(world, { client: by.client, registrationToken: token }),
    encode: shown => showRegistration(200, shown),
    cors: 'any-origin',
  }),
  route({
    on: ['PUT', `${PATH}/:id`],
    caller: registeredClient,
    body: 'read',
    decode: request => ({ document: readPlainJson(request) }),
    decide: async (world, act, ask) =>
      described(world, { client: await updateRegistration(world, act, ask), registrationToken: act.token }),
    encode: shown => showRegistration(200, shown),
    refuse: refuseRegistration,
    cors: 'any-origin',
  }),
  route({
    on: ['DELETE', `${PATH}/:id`],
    caller: registeredClient,
    decode: () => undefined,
    decide: deleteRegistration,
    encode: (): WireAnswer => ({ status: 204, headers: noStore }),
    cors: 'any-origin',
  }),
]

type Shown = RegisteredItself & { issuer: string }
const described = ({ rules }: World, registered: RegisteredItself): Shown => ({ ...registered, issuer: rules.issuer })

/** RFC 7591 section 3.2.1. Secrets are stored as fingerprints, so a later answer has none. */
function showRegistration(status: number, { client, secret, registrationToken, issuer }: Shown): WireAnswer {
  const body = {
    client_id: client.id,
    client_id_issued_at: issuedAt(client),
    ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
    ...(registrationToken !== undefined && {
      registration_access_token: registrationToken,
      registration_client_uri: `${issuer}${PATH}/${client.id}`,
    }),
    ...showClientMetadata(client),
  }
  return { status, headers: noStore, body }
}

const issuedAt = ({ createdAt }: Client): number => Math.floor(createdAt / SECOND)
