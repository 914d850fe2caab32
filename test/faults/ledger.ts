import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { askTokens, isActive, type pkce, redeem, refresh } from '../kit/cast.ts'

/*
 * What a client was told. A server that dies under it may have done more than it said, never less: what was answered
 * holds after the restart, and what was refused or lost may be asked for again.
 */

/** How long the servers of these tests give the same pair again, and for how long that is counted on: a start may take long. */
export const REPLAY_SECONDS = 60
const REPLAY_MILLISECONDS = 45_000

export type Ledger = {
  /** Answered tokens whose revocation nobody asked for. */
  living: Set<string>
  /** Tokens whose revocation was answered. */
  dead: Set<string>
  /** Codes that were asked to be redeemed, and how often that was answered with tokens. */
  codes: Map<string, number>
  /** The end of each refresh family; `lostAt`: a refresh was asked for and the answer never came. */
  families: { token: string; lostAt?: number }[]
  answers: number
}

export const emptyLedger = (): Ledger => ({
  living: new Set(),
  dead: new Set(),
  codes: new Map(),
  families: [],
  answers: 0,
})

export type Client = {
  url: string
  app: RegisteredClient
  verifier: ReturnType<typeof pkce>['verifier']
  codes: string[]
}

/** Issues, revokes, redeems and refreshes until the server is gone. */
export async function workAgainst(client: Client, ledger: Ledger): Promise<void> {
  const works = [issue, redeemOne, refreshOne, issue, revokeOne]
  const alive = Array.from({ length: 10 }, async (_, i) => {
    for (let turn = i; await works[turn % works.length]?.(client, ledger).then(answered, unanswered); turn++)
      ledger.answers++
  })
  await Promise.all(alive)
}
const answered = (): boolean => true
/** Only a server that is gone ends the work; whatever the client itself does wrong must be seen. */
const unanswered = (error: unknown): boolean => {
  if (error instanceof TypeError && error.message !== 'fetch failed' && error.message !== 'terminated') throw error
  if (error instanceof SyntaxError || error instanceof TypeError) return false
  throw error
}

async function issue({ url, app }: Client, { living }: Ledger): Promise<void> {
  const answer = await askTokens(url, app, { grant_type: 'client_credentials' })
  if (answer.status !== 200) throw new Error(`issue: ${answer.status} ${answer.error}`)
  living.add(answer.access_token as string)
}

async function revokeOne({ url, app: { client, secret = '' } }: Client, { living, dead }: Ledger): Promise<void> {
  const token = living.values().next().value
  if (token === undefined) return
  living.delete(token) // from here on its fate is open, until the answer comes
  const body = new URLSearchParams({ client_id: client.id, client_secret: secret, token })
  const answer = await fetch(`${url}/oauth2/revoke`, { method: 'POST', body })
  if (answer.status !== 200) throw new Error(`revoke: ${answer.status}`)
  dead.add(token)
}

async function redeemOne({ url, app, verifier, codes }: Client, ledger: Ledger): Promise<void> {
  const code = codes.pop()
  if (code === undefined) return
  ledger.codes.set(code, 0)
  const answer = await redeem(url, app, code, verifier)
  if (answer.status !== 200) throw new Error(`redeem: ${answer.status} ${answer.error}`)
  ledger.codes.set(code, 1)
  ledger.families.push({ token: answer.refresh_token as string })
}

async function refreshOne({ url, app }: Client, { families }: Ledger): Promise<void> {
  const family = families.shift()
  if (!family) return
  const lostAt = performance.now()
  // Nobody else has it meanwhile: one that overtook this and went on would make a repeat of it a theft.
  const answer = await refresh(url, app, family.token).catch(error => {
    families.push({ ...family, lostAt })
    throw error
  })
  if (answer.status !== 200) throw new Error(`refresh: ${answer.status} ${answer.error}`)
  families.push({ token: answer.refresh_token as string })
}

/** What does not hold of what was answered, in words; nothing when all is well. */
export async function audit(client: Client, ledger: Ledger): Promise<string[]> {
  const { url, app, verifier } = client
  const faults: string[] = []
  const active = (tokens: Iterable<string>) => Promise.all([...tokens].map(token => isActive(url, app, token)))
  for (const alive of await active(ledger.living)) if (!alive) faults.push('an answered token is lost')
  for (const alive of await active(ledger.dead)) if (alive) faults.push('a revoked token lives again')
  for (const [i, family] of ledger.families.entries()) {
    const late = family.lostAt !== undefined && performance.now() - family.lostAt > REPLAY_MILLISECONDS
    const answer = late ? undefined : await refresh(url, app, family.token)
    if (answer && answer.status !== 200) faults.push(`a family ended without reason (${answer.error})`)
    ledger.families[i] = { token: answer?.refresh_token ?? '' }
  }
  ledger.families = ledger.families.filter(({ token }) => token !== '')
  for (const [code, times] of ledger.codes) {
    const again = await redeem(url, app, code, verifier)
    if (again.status === 200 && times > 0) faults.push('a code was spent twice')
    if (again.status === 200) ledger.families.push({ token: again.refresh_token as string })
    else if (again.error !== 'invalid_grant') faults.push(`a code was answered with ${again.status} ${again.error}`)
    if (times > 0) ledger.families = [] // a code that came back ends what came of it, as it must
  }
  ledger.codes.clear()
  return faults
}
