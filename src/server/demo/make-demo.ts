import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkCredential } from '../../core/check/check-credential.ts'
import { issueKey } from '../../core/credentials/issue/issue-key.ts'
import { createUser } from '../../core/users/create-user.ts'
import type { World } from '../../core/world.ts'
import { countedByClient } from '../../model/credentials/counted-by.ts'
import type { Credential } from '../../model/credentials/credential.ts'
import { entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { DAY } from '../../model/span.ts'
import { OPERATOR, SYSTEM } from '../../model/users/actor.ts'
import { ROLES, type User } from '../../model/users/user.ts'
import { requestIds } from '../operate/request-ids.ts'
import { APPS, DEMO_DOMAIN } from './cast.ts'
import { type Dice, openDice } from './dice.ts'
import { planDemo } from './plan.ts'
import { makeSignIns } from './sign-ins.ts'
import type { DemoContent, DemoLogin } from './step.ts'
import { makeTimes } from './times.ts'
import { type Caller, makeTraffic, type Traffic } from './traffic.ts'

/** Returns an access token without a row for each grant and each client. The demo's use is counted for these tokens. */
function withoutRows({ grants, clients }: DemoContent): Credential[] {
  const token = {
    fingerprint: '',
    kind: 'access-token',
    hint: 'clv_at_…',
    stated: true,
    audience: [],
    data: {},
  } as const
  return [
    ...grants.map(({ id, clientId, userId, createdAt, scopes }) => ({
      ...token,
      audience: [],
      id: '',
      grantId: id,
      clientId,
      ...(userId !== undefined && { userId }),
      createdAt,
      scopes,
    })),
    ...clients.map(({ id, createdAt, scopes }) => ({
      ...token,
      audience: [],
      id: '',
      clientId: id,
      createdAt,
      scopes,
    })),
  ]
}

/** The credentials that make calls: none of a disabled owner, and none of an application that a disabled user registered. */
async function callersOf(world: World, made: DemoContent): Promise<Caller[]> {
  const stored = await Promise.all(made.credentials.map(({ fingerprint }) => world.credentials.facts(fingerprint)))
  const clients = new Map(
    (await Promise.all(made.grants.map(one => world.clients.byId(one.clientId)))).map(one => [one?.id, one]),
  )
  const people = new Set((await active(world, made)).map(({ id }) => id))
  const acts = ({ userId, clientId }: Credential) =>
    (userId === undefined || people.has(userId)) && clients.get(clientId)?.ownerDisabled === undefined
  return [
    ...stored.filter(facts => facts !== undefined).map(facts => ({ credential: facts.credential, facts })),
    ...withoutRows(made).map(credential => ({ credential })),
  ].filter(({ credential }) => acts(credential))
}

/** Counts tokens issued per client: one for each grant, and repeated ones for clients that act for themselves. */
function tokensGiven(dice: Dice, { grants, clients }: DemoContent, { lastUsed }: Traffic): Map<string, Given> {
  const given = new Map<string, Given>()
  for (const { clientId, createdAt } of grants) {
    const { count = 0, at = 0 } = given.get(clientId) ?? {}
    given.set(clientId, { count: count + 1, at: Math.max(at, createdAt) })
  }
  for (const { id, createdAt } of clients)
    given.set(id, { count: dice.whole(300, 9000), at: lastUsed.get(countedByClient(id)) ?? createdAt })
  return given
}
type Given = { count: number; at: number }

export const DEMO_MARK = 'demo'
export const DEMO_TOKEN_FILE = 'demo-token'
const TOKEN_MILLISECONDS = DAY

export type DemoCounts = { users: number; applications: number; credentials: number; days: number }
export type DemoMade = { counts: DemoCounts; logins: readonly DemoLogin[] }
export type Progress = (done: number, all: number) => void

/**
 * Fills an installation with one year of a small shop, through the same decisions as real requests. Does nothing if the demo
 * exists.
 */
export async function makeDemo(world: World, ask: { seed: number }, progress: Progress = () => {}): Promise<DemoMade> {
  if (world.rules.production)
    throw new Refusal('state-conflict', 'demo data in production', {
      sentence: 'Demo data is not for production. Use another data directory with CLAVIGER_ENV=development.',
    })
  const known = await world.settings.get(DEMO_MARK)
  if (known !== undefined) return { counts: JSON.parse(known) as DemoCounts, logins: [] }

  const now = world.now()
  const dice = openDice(ask.seed)
  const steps = planDemo(dice, now)
  const made: DemoContent = { users: new Map(), credentials: [], grants: [], clients: [], logins: [] }
  const whole = steps.length * 1.25 // traffic is the last fifth of the progress
  for (const [place, step] of steps.entries()) {
    await step.run({ ...world, now: () => step.at }, made)
    progress(place + 1, whole)
  }
  const traffic = makeTraffic(dice, await callersOf(world, made), now)
  await world.usage.add(traffic.counts, traffic.lastUsed, traffic.networks)
  await world.usage.addIssues(tokensGiven(dice, made, traffic))
  await Promise.all(makeTimes(dice, traffic.counts, now).map(({ at, steps }) => world.usage.addTimes(at, steps)))
  const newId = requestIds()
  const noted = [...traffic.refusals, ...makeSignIns(dice, await active(world, made), now)].sort((a, b) => a.at - b.at)
  await world.journal.append(noted.map(one => ({ ...one, requestId: newId() })))
  progress(whole, whole)

  const counts = { users: made.users.size, applications: APPS.length, credentials: made.credentials.length, days: 14 }
  const mark = { about: 'setting', aboutId: DEMO_MARK }
  await world.settings.set(DEMO_MARK, JSON.stringify(counts), entry(OPERATOR, 'created', mark, { at: now }))
  return { counts, logins: made.logins }
}

async function active(world: World, { users }: DemoContent): Promise<User[]> {
  const found = await Promise.all([...users.values()].map(({ id }) => world.users.byId(id)))
  return found.filter(user => user !== undefined).filter(user => user.active)
}

/** Issues a read-only token that expires after a day, into a file that only its owner can read. */
export async function demoToken(world: World, dataDir: string): Promise<string> {
  const handle = 'demo'
  const owner =
    (await world.users.byName(`${handle}@${DEMO_DOMAIN}`)) ??
    (await createUser(world, OPERATOR, { handle, email: `${handle}@${DEMO_DOMAIN}`, role: 'auditor' }))
  const { secret } = await issueKey(world, OPERATOR, {
    kind: 'application-token',
    userId: owner.id,
    name: 'demo: read only, one day',
    scopes: [...ROLES.auditor],
    expiresAt: world.now() + TOKEN_MILLISECONDS,
  })
  const verdict = await checkCredential(world, SYSTEM, { presented: { secret } })
  if (!verdict.active) throw new Error(`the demo token is not good: ${verdict.reason}`)
  writeFileSync(join(dataDir, DEMO_TOKEN_FILE), `${secret}\n`, { mode: 0o600 })
  return secret
}
