import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { introspectToken } from '../src/core/oauth/introspect-token.ts'
import { issueTokens } from '../src/core/oauth/issue-tokens.ts'
import { createResource } from '../src/core/resources/create-resource.ts'
import { finish, type WireAnswer } from '../src/http/answer.ts'
import type { HttpRequest } from '../src/http/http-request.ts'
import { Incoming } from '../src/http/incoming.ts'
import { OPERATOR } from '../src/model/users/actor.ts'
import { openServer } from '../src/server/open-server.ts'
import { readConfig } from '../src/server/settings/config.ts'
import { showIntrospection, showTokens } from '../src/wire/oauth/answers.ts'
import { readPresented, readTokenRequest } from '../src/wire/oauth/asks.ts'
import { clientByForm } from '../src/wire/oauth/callers.ts'
import { addClient } from '../test/kit/cast.ts'
import { form } from './ask.ts'

/*
 * Where the processor time of one request goes, each part in a loop of its own: so a regression has a name. The way in and
 * out (`subjects/transport.ts`) is measured over HTTP, by `run.ts`.
 */

export type Budget = { name: string; decode: number; prove: number; decide: number; encode: number }

const ROUNDS = 20_000
/** As many as one turn of a busy server has. */
const TOGETHER = 64

export async function budget(): Promise<Budget[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'claviger-bench-'))
  const { world, close } = await openServer(readConfig({ CLAVIGER_DATA_DIR: dataDir, CLAVIGER_LIMITS: 'off' }))
  try {
    const by = await addClient(world, { grantTypes: ['client_credentials'] })
    const api = await createResource(world, OPERATOR, {
      audience: 'https://budget.example',
      name: 'Budget',
      scopes: ['read'],
      tokenFormat: 'opaque',
    })
    const fields = { grant_type: 'client_credentials', client_id: by.client.id, client_secret: by.secret as string }
    const issuing = await loaded(fields)
    const { who: client } = await clientByForm.prove(world, issuing)
    const issued = await issueTokens(world, client, readTokenRequest(issuing))
    const question = { token: issued.accessToken, client_id: api.clientId, client_secret: api.secret }
    const asking = await loaded(question)
    const { who: asker } = await clientByForm.prove(world, asking)
    const verdict = await introspectToken(world, asker, readPresented(asking))
    return [
      {
        name: 'client credentials, opaque token',
        decode: await cost(async () => readTokenRequest(await loaded(fields))),
        prove: await cost(() => clientByForm.prove(world, issuing)),
        decide: await cost(() => issueTokens(world, client, readTokenRequest(issuing))),
        encode: await cost(() => sent(showTokens(issued))),
      },
      {
        name: 'introspection',
        decode: await cost(async () => readPresented(await loaded(question))),
        prove: await cost(() => clientByForm.prove(world, asking)),
        decide: await cost(() => introspectToken(world, asker, readPresented(asking))),
        encode: await cost(() => sent(showIntrospection(verdict))),
      },
    ]
  } finally {
    await close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const FORM = form('/oauth2/token')
const bodies = new Map<object, Buffer>()

/** A request as a transport hands it over, its body read. */
async function loaded(fields: Record<string, string>): Promise<Incoming> {
  const { path: url, method, headers } = FORM
  const body = bodies.get(fields) ?? Buffer.from(new URLSearchParams(fields).toString())
  bodies.set(fields, body)
  const sent: HttpRequest = {
    ...{ method, url, headers, hasBody: true, peer: '127.0.0.1' },
    count: name => (headers[name] === undefined ? 0 : 1),
    read: async () => body,
  }
  const request = new Incoming(sent, 'id', [])
  await request.load()
  return request
}

const sent = (answer: WireAnswer) => finish(answer, { 'x-request-id': 'id' })

/** Microseconds of this process's processor, all threads, for one piece of work; the middle of three rounds. */
async function cost(work: () => unknown): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round < 4; round++) {
    const before = process.cpuUsage()
    for (let i = 0; i < ROUNDS; i += TOGETHER) {
      await Promise.all(Array.from({ length: TOGETHER }, work))
      // Without turns the caches could not follow the log, and would ask the database instead.
      await new Promise(setImmediate)
    }
    const { user, system } = process.cpuUsage(before)
    if (round > 0) rounds.push((user + system) / ROUNDS)
  }
  return rounds.sort((a, b) => a - b)[1] as number
}
