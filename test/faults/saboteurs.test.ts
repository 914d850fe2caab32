import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { revokeAll } from '../../src/core/credentials/revoke-all.ts'
import { revokeCredential } from '../../src/core/credentials/revoke-credential.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { changeUser } from '../../src/core/users/change-user.ts'
import type { World } from '../../src/core/world.ts'
import { base62Number, fromBase62, toBase62 } from '../../src/crypto/base62.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { compose } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { addClient, askTokens, giveCode, isActive, pkce, redeem, refresh } from '../kit/cast.ts'
import { emptyFolder, startCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { person } from '../kit/house.ts'
import { type Change, SLOW_COMMITS, sabotage } from './sabotage.ts'

/*
 * One audit, asked of the product and of copies of it that lack one protection each. An audit that finds nothing amiss in
 * such a copy proves nothing about the product either.
 */

test('the product keeps what it promises', async () => {
  assert.deepEqual(await auditOf(), [])
})

type Saboteur = Change & { finds: string; slowly?: true }
const SABOTEURS: readonly Saboteur[] = [
  {
    finds: 'a code was spent twice',
    in: 'src/store/sql/credentials/single-use.ts',
    says: ".where('kind', '=', kind)\n    .where('spent_at', 'is', null)",
    instead: ".where('kind', '=', kind)",
    slowly: true,
  },
  {
    finds: 'a refresh token was turned twice',
    in: 'src/store/sql/credentials/single-use.ts',
    says: ".where('generation', '=', rotation.generation)",
    instead: '',
    slowly: true,
  },
  {
    finds: 'a family went on after its token came back',
    in: 'src/core/oauth/grants/refresh-token.ts',
    says: "if (rotation.outcome === 'reused') throw",
    instead: "if (String(rotation.outcome) === 'never') throw",
  },
  {
    finds: 'what another process revoked went on',
    in: 'src/model/credentials/validity.ts',
    says: 'lastMentioned.set(subjectKey(subject, subjectId), seq)',
    instead: '',
  },
  {
    finds: 'an application went on without its owner',
    in: 'src/store/sql/clients/client-rows.ts',
    says: 'row.owner_id !== null && row.owner_active !== 1 ? true',
    instead: 'row.id === "" ? true',
  },
  {
    finds: 'a token without a row went on after it was given back',
    in: 'src/core/check/stated-facts.ts',
    says: "if (state === 'ended')",
    instead: "if (String(state) === 'never')",
  },
  {
    finds: 'a token of a client went on after all of the client was revoked',
    in: 'src/core/check/stated-facts.ts',
    says: 'client.epoch !== stated.clientEpoch',
    instead: 'client.epoch > Number.MAX_SAFE_INTEGER',
  },
  {
    finds: 'a token that was changed was accepted',
    in: 'src/crypto/statement.ts',
    says: 'if (!timingSafeEqual(',
    instead: 'if (body.length === 0 && !timingSafeEqual(',
  },
  {
    finds: 'a code was redeemed without its verifier',
    in: 'src/core/oauth/grants/authorization-code.ts',
    says: 'checkVerifier(client, code, ask)\n\n',
    instead: '\n',
  },
  {
    finds: "a code was redeemed by somebody else's application",
    in: 'src/core/oauth/grants/authorization-code.ts',
    says: 'if (code.clientId !== client.id)',
    instead: "if (code.clientId === '')",
  },
  {
    finds: 'a wrong secret was accepted',
    in: 'src/core/oauth/authenticate-client.ts',
    says: 'if (outcome !== true) throw',
    instead: 'if (outcome !== true && clientId === "") throw',
  },
]

for (const one of SABOTEURS)
  test(`the audit finds out: ${one.finds} (${one.in})`, async () => {
    await using copy = await emptyFolder()
    const binary = sabotage(copy.path, one.slowly ? [one, SLOW_COMMITS] : [one])
    // What needs two requests at the same moment may need another try on a busy machine.
    const found: string[] = []
    for (let tries = 0; tries < (one.slowly ? 4 : 1) && !found.includes(one.finds); tries++)
      found.push(...(await auditOf(binary)))
    assert.ok(found.includes(one.finds), `it found only: ${found}`)
  })

async function auditOf(binary?: string): Promise<string[]> {
  await using folder = await emptyFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path, CLAVIGER_LIMITS: 'off', CLAVIGER_REFRESH_REPLAY_SECONDS: '0' }
  const { world, close } = await compose(readConfig(env))
  try {
    await using server = await startCommand([], { env, ...(binary && { binary }) })
    return (await Promise.all(AUDITS.map(audit => audit(server.url, world)))).filter(fault => fault !== undefined)
  } finally {
    await close()
  }
}

const MANY = 20
const { verifier, challenge } = pkce()
let count = 0

/** Somebody, their application, and a code for it. */
async function cast(world: World) {
  const name = `${++count}`
  const [user, owner] = [await person(world, `user${name}`), await person(world, `owner${name}`)]
  const app = await addClient(world, { ownerId: owner.id })
  return { user, owner, app, code: () => giveCode(world, app.client, user, challenge) }
}

/** Each tells what is amiss, or nothing. */
const AUDITS: readonly ((url: string, world: World) => Promise<string | undefined>)[] = [
  async function codesOnce(url, world) {
    const { app, code } = await cast(world)
    const secret = await code()
    const answers = await Promise.all(Array.from({ length: MANY }, () => redeem(url, app, secret, verifier)))
    return answers.filter(({ status }) => status === 200).length > 1 ? 'a code was spent twice' : undefined
  },
  async function refreshOnce(url, world) {
    const { app, code } = await cast(world)
    const { refresh_token } = await redeem(url, app, await code(), verifier)
    const answers = await Promise.all(Array.from({ length: MANY }, () => refresh(url, app, refresh_token)))
    return answers.filter(({ status }) => status === 200).length > 1 ? 'a refresh token was turned twice' : undefined
  },
  async function reuseEnds(url, world) {
    const { app, code } = await cast(world)
    const first = await redeem(url, app, await code(), verifier)
    const next = await refresh(url, app, first.refresh_token)
    await refresh(url, app, first.refresh_token)
    return (await isActive(url, app, next.access_token)) ? 'a family went on after its token came back' : undefined
  },
  async function feedObeyed(url, world) {
    const { user } = await cast(world)
    const { verify, obeyed } = await anApi(url, world)
    const key = await issueKey(world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'k' })
    await verify(key.secret)
    await revokeCredential(world, OPERATOR, { credentialId: key.credential.id })
    await obeyed()
    return (await verify(key.secret)).active ? 'what another process revoked went on' : undefined
  },
  async function ownerStops(url, world) {
    const { app, owner } = await cast(world)
    const { verify, obeyed } = await anApi(url, world)
    const { access_token = '' } = await askTokens(url, app, { grant_type: 'client_credentials' })
    await verify(access_token)
    await changeUser(world, OPERATOR, { userId: owner.id, active: false })
    await obeyed()
    return (await verify(access_token)).active ? 'an application went on without its owner' : undefined
  },
  async function givenBack(url, world) {
    const { app } = await cast(world)
    const { access_token: token = '' } = await askTokens(url, app, { grant_type: 'client_credentials' })
    const body = new URLSearchParams({ client_id: app.client.id, client_secret: app.secret ?? '', token })
    await fetch(`${url}/oauth2/revoke`, { method: 'POST', body })
    return (await isActive(url, app, token)) ? 'a token without a row went on after it was given back' : undefined
  },
  async function epochBegins(url, world) {
    const { app } = await cast(world)
    const { verify, obeyed } = await anApi(url, world)
    const { access_token = '' } = await askTokens(url, app, { grant_type: 'client_credentials' })
    await verify(access_token)
    await revokeAll(world, OPERATOR, { of: 'client', id: app.client.id })
    await obeyed()
    const { active } = await verify(access_token)
    return active ? 'a token of a client went on after all of the client was revoked' : undefined
  },
  async function sealCompared(url, world) {
    const { app } = await cast(world)
    const { access_token = '' } = await askTokens(url, app, { grant_type: 'client_credentials' })
    const bytes = fromBase62(access_token.slice('clv_at_'.length, -6)) ?? Buffer.alloc(0)
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    const text = `clv_at_${toBase62(bytes)}`
    const forged = text + base62Number(crc32(text), 6)
    return (await isActive(url, app, forged)) ? 'a token that was changed was accepted' : undefined
  },
  async function verifierNeeded(url, world) {
    const { app, code } = await cast(world)
    const { status } = await redeem(url, app, await code(), pkce().verifier)
    return status === 200 ? 'a code was redeemed without its verifier' : undefined
  },
  async function codesBound(url, world) {
    const [{ code }, { app }] = [await cast(world), await cast(world)]
    const { status } = await redeem(url, app, await code(), verifier)
    return status === 200 ? "a code was redeemed by somebody else's application" : undefined
  },
  async function secretsCompared(url, world) {
    const { app } = await cast(world)
    const { status } = await askTokens(url, { ...app, secret: 'guessed' }, { grant_type: 'client_credentials' })
    return status === 200 ? 'a wrong secret was accepted' : undefined
  },
]

/** An API that asks, and knows when the server has obeyed all that fell up to now. */
async function anApi(url: string, world: World) {
  const { clientId, secret } = await createResource(world, OPERATOR, {
    audience: `https://api${++count}.example`,
    name: 'API',
    scopes: [],
  })
  const { user } = await cast(world)
  const verify = async (credential: string) => {
    const answer = await fetch(`${url}/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ credential }),
    })
    return (await answer.json()) as { active: boolean; feed_position?: number }
  }
  /** Something else falls last: even a server that was told nothing of what came before is told of that. */
  const obeyed = async () => {
    const mark = await issueKey(world, OPERATOR, { kind: 'api-key', userId: user.id, name: 'mark' })
    await changeUser(world, OPERATOR, { userId: user.id, firstName: 'Mark' })
    const head = (await world.revocations.head()).seq
    await eventually(async () => ((await verify(mark.secret)).feed_position ?? 0) >= head)
  }
  return { verify, obeyed }
}
