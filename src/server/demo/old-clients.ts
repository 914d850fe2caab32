import { issueTokenPair } from '../../core/credentials/issue/issue-token-pair.ts'
import { makeAccessToken } from '../../core/credentials/issue/make-access-token.ts'
import { storeFor } from '../../core/credentials/issue/store-for.ts'
import { NOWHERE } from '../../model/credentials/validity.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import { DAY } from '../../model/span.ts'
import { type Act, OPERATOR } from '../../model/users/actor.ts'
import { asked } from './asked.ts'
import { APPS, address, handleOf, PEOPLE } from './cast.ts'
import type { Dice } from './dice.ts'
import type { Step } from './step.ts'

const [PAIRS, TOKENS] = [10, 14]
const LATELY_DAYS = 60

/** Plans credentials of the older systems: token pairs, and access tokens without an end. */
export function planOldClients(dice: Dice, now: number): Step[] {
  const at = () => now - Math.round((1 + dice.next() * LATELY_DAYS) * DAY)
  const pairs = Array.from({ length: PAIRS }, () => planPair(dice, at()))
  return [...pairs, ...Array.from({ length: TOKENS }, () => planToken(dice, at()))]
}

function planPair(dice: Dice, at: number): Step {
  const handle = handleOf(dice.pick(PEOPLE))
  const from = { ip: address(dice) }
  return {
    at,
    what: `pair of ${handle}`,
    async run(world, made) {
      const user = await world.users.byId(made.users.get(handle)?.id ?? '')
      if (!user?.active) return
      const pair = { userId: user.id, name: 'warehouse scanner', days: 'until-revoked' as const }
      made.credentials.push((await issueTokenPair(world, { by: OPERATOR.by, from: asked(from) }, pair)).credential)
    },
  }
}

function planToken(dice: Dice, at: number): Step {
  const handle = handleOf(dice.pick(PEOPLE))
  const app = dice.pick(APPS.filter(({ kind }) => kind !== 'service'))
  const ip = address(dice)
  return {
    at,
    what: `access token of ${handle} in ${app.name}`,
    async run(world, made) {
      const user = await world.users.byId(made.users.get(handle)?.id ?? '')
      const { items } = await world.clients.list({ search: app.name.toLowerCase() }, { limit: 1 })
      const [client] = items
      if (!user?.active || !client) return
      const policy = { ...client.policy, accessTokenSeconds: null }
      const ask = { client: { ...client, policy }, user, scopes: client.scopes, resources: [], place: NOWHERE }
      const { credential } = makeAccessToken(world, ask)
      const act: Act = { by: { is: 'user', user }, from: asked({ ip }) }
      await storeFor(world, user, credential, entry(act, 'issued', aboutCredential(credential), { at: world.now() }))
      made.credentials.push(credential)
    },
  }
}
