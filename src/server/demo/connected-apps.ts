import { grantWithCode } from '../../core/oauth/authorize/open-grant.ts'
import { issueForGrant } from '../../core/oauth/grants/issue-for-grant.ts'
import type { World } from '../../core/world.ts'
import type { Client } from '../../model/clients/client.ts'
import { NOWHERE } from '../../model/credentials/validity.ts'
import { aboutGrant, entry } from '../../model/journal.ts'
import { DAY, HOUR } from '../../model/span.ts'
import { asked } from './asked.ts'
import { APPS, type App, address, handleOf, PEOPLE } from './cast.ts'
import type { Dice } from './dice.ts'
import type { Step } from './step.ts'

const GRANTS = 26
/** Grants are this recent, so their refresh tokens have not expired. */
const LATELY_DAYS = 25

/** Plans grants of users to applications, and applications that act for themselves. Their access tokens have no rows. */
export function planConnectedApps(dice: Dice, now: number): Step[] {
  const steps: Step[] = APPS.filter(({ kind }) => kind === 'service').map(app => ({
    at: now - LATELY_DAYS * DAY,
    what: `${app.name} acts for itself`,
    async run(world, made) {
      const client = await clientOf(world, app)
      if (client) made.clients.push(client)
    },
  }))
  for (let i = 0; i < GRANTS; i++)
    steps.push(planGrant(dice, now - Math.round((1 + dice.next() * (LATELY_DAYS - 1)) * DAY), now))
  return steps
}

function planGrant(dice: Dice, at: number, now: number): Step {
  const handle = handleOf(dice.pick(PEOPLE))
  const app = dice.pick(APPS.filter(({ kind }) => kind !== 'service'))
  const from = { ip: address(dice) }
  return {
    at,
    what: `${handle} allows ${app.name}`,
    async run(world, made) {
      const user = await world.users.byId(made.users.get(handle)?.id ?? '')
      const client = await clientOf(world, app)
      const [redirectUri] = client?.redirectUris ?? []
      if (!user?.active || !client || redirectUri === undefined) return
      const authentication = { at, methods: ['pwd'] as const }
      const request = {
        clientId: client.id,
        scopes: client.scopes,
        resources: [],
        askAgain: false,
        signIn: { silent: false, anew: false },
        way: { is: 'redirect' as const, redirectUri, redirectUriSent: true },
      }
      const { grant, code } = grantWithCode(world, { client, user, authentication, request, scopes: client.scopes })
      const granted = entry({ by: { is: 'user', user }, from: asked(from) }, 'granted', aboutGrant(grant), { at })
      // A running server deletes expired codes, so this one stays until it is exchanged.
      const exchanged = { ...code.credential, expiresAt: now + HOUR }
      await world.grants.open(grant, exchanged, granted)
      const act = { by: { is: 'client' as const, client }, from: asked(from) }
      await issueForGrant(world, { client, place: NOWHERE, act }, { code: exchanged, resources: [] })
      made.grants.push(grant)
    },
  }
}

async function clientOf(world: World, { name }: App): Promise<Client | undefined> {
  const { items } = await world.clients.list({ search: name.toLowerCase() }, { limit: 1 })
  return items[0]
}
