import { registerClient } from '../../core/clients/register-client.ts'
import { type IssueKey, issueKey } from '../../core/credentials/issue/issue-key.ts'
import { revokeCredential } from '../../core/credentials/revoke-credential.ts'
import { rotateKey } from '../../core/credentials/rotate-key.ts'
import { createGate } from '../../core/resources/create-gate.ts'
import { createResource } from '../../core/resources/create-resource.ts'
import { describeScope } from '../../core/resources/describe-scope.ts'
import { openSession } from '../../core/sign-in/sessions/open-session.ts'
import { changeUser } from '../../core/users/change-user.ts'
import { createUser } from '../../core/users/create-user.ts'
import type { World } from '../../core/world.ts'
import { randomText } from '../../crypto/credential-format.ts'
import { DAY, HOUR, SECOND } from '../../model/span.ts'
import { OPERATOR } from '../../model/users/actor.ts'
import { asked } from './asked.ts'
import {
  API,
  APPS,
  type App,
  address,
  DEMO_DOMAIN,
  DEVICES,
  GATES,
  handleOf,
  LOGINS,
  PEOPLE,
  type Person,
  PLACES,
  PURPOSES,
  SCOPES,
} from './cast.ts'
import { planConnectedApps } from './connected-apps.ts'
import type { Dice } from './dice.ts'
import { planOldClients } from './old-clients.ts'
import type { DemoContent, Step } from './step.ts'

const KEYS = 164
const SESSIONS = 15
const FOUNDED_DAYS = 390
/** Days between two new people, and between two new applications. */
const [JOIN_DAYS, APP_DAYS] = [6.3, 15]

/** Plans one year of a small shop, ordered by time. */
export function planDemo(dice: Dice, now: number): Step[] {
  const ago = (days: number) => now - Math.round(days * DAY)
  const steps: Step[] = [
    ...SCOPES.map(text => ({
      at: ago(FOUNDED_DAYS),
      what: `scope ${text.scope}`,
      run: (world: World) => describeScope(world, OPERATOR, text),
    })),
    {
      at: ago(FOUNDED_DAYS),
      what: `api ${API.name}`,
      run: world => createResource(world, OPERATOR, { ...API, scopes: SCOPES.map(({ scope }) => scope) }),
    },
    ...GATES.map(gate => ({
      at: ago(FOUNDED_DAYS - 120),
      what: `gate ${gate.name}`,
      run: (world: World) => createGate(world, OPERATOR, gate),
    })),
    ...PEOPLE.map((person, place) => ({
      at: ago(FOUNDED_DAYS - 1 - place * JOIN_DAYS),
      what: `user ${handleOf(person)}`,
      run: (world: World, made: DemoContent) => join(world, made, person),
    })),
    ...APPS.map((app, place) => {
      const owner = handleOf(dice.pick(PEOPLE.slice(0, 12)))
      return {
        // Applications that registered themselves are new: staff have not reviewed them yet.
        at: ago(app.source === 'dynamic' ? 1 : FOUNDED_DAYS - 90 - place * APP_DAYS),
        what: `app ${app.name} of ${owner}`,
        run: (world: World, made: DemoContent) => register(world, made, app, owner),
      }
    }),
  ]
  for (let i = 0; i < KEYS; i++) steps.push(...planKey(dice, now))
  steps.push(...planOldClients(dice, now), ...planConnectedApps(dice, now))
  for (let i = 0; i < SESSIONS; i++) {
    const handle = handleOf(dice.pick(PEOPLE))
    const from = { ip: address(dice), userAgent: dice.pick(DEVICES) }
    steps.push({
      at: ago(dice.next() * 6),
      what: `session of ${handle}`,
      async run(world, made) {
        // Reads the user again: a user disabled since then does not sign in.
        const user = await world.users.byId(made.users.get(handle)?.id ?? '')
        if (user?.active)
          made.credentials.push(
            (await openSession(world, { by: { is: 'user', user }, from: asked(from) }, { methods: ['pwd'] }))
              .credential,
          )
      },
    })
  }
  steps.push({ at: ago(2), what: 'disable viktor.novak', run: (world, made) => disable(world, made, 'viktor.novak') })
  return steps.sort((a, b) => a.at - b.at)
}

async function join(world: World, made: DemoContent, person: Person): Promise<void> {
  const handle = handleOf(person)
  const password = LOGINS.includes(handle) ? randomText(16) : undefined
  const user = await createUser(world, OPERATOR, {
    handle,
    ...(password && { password }),
    email: `${handle}@${DEMO_DOMAIN}`,
    firstName: person.first,
    lastName: person.last,
    role: person.role,
  })
  made.users.set(handle, user)
  if (password) made.logins.push({ handle, role: person.role, password })
}

async function register(
  world: World,
  made: DemoContent,
  { name, kind, scopes, source }: App,
  owner: string,
): Promise<void> {
  const slug = name.toLowerCase().replaceAll(' ', '-')
  const ownerId = made.users.get(owner)?.id
  const redirectUris = {
    service: [],
    site: [`https://${slug}.${DEMO_DOMAIN}/callback`],
    native: [`com.${slug.replaceAll('-', '')}.app:/callback`],
  }[kind]
  await registerClient(world, OPERATOR, {
    name,
    website: `https://${slug}.${DEMO_DOMAIN}`,
    redirectUris,
    scopes,
    type: kind === 'native' ? 'public' : 'confidential',
    source,
    ...(ownerId && source === 'portal' && { ownerId }),
  })
}

/** Plans a key and its later life: most keys stay active, some expire soon, some are revoked or replaced. */
function planKey(dice: Dice, now: number): Step[] {
  const person = dice.pick(PEOPLE)
  const place = PEOPLE.indexOf(person)
  const oldest = FOUNDED_DAYS - 2 - place * JOIN_DAYS
  const at = now - Math.round(dice.next() ** 2 * oldest * DAY) - HOUR
  const kind = dice.chance(0.5) ? 'api-key' : 'application-token'
  const fate = dice.next()
  const expiresAt =
    fate < 0.05
      ? now - dice.whole(1, 18) * HOUR
      : fate < 0.17
        ? now + dice.whole(1, 13) * DAY
        : fate < 0.5
          ? now + 80 * DAY
          : undefined
  const ask: Omit<IssueKey, 'userId'> = {
    kind,
    name: `${dice.pick(PURPOSES)} (${dice.pick(PLACES)})`,
    scopes: [...new Set([dice.pick(SCOPES).scope, dice.pick(SCOPES).scope])],
    ...(expiresAt !== undefined && expiresAt > at && { expiresAt }),
  }
  const from = { ip: address(dice) }
  let id: string | undefined
  const steps: Step[] = [
    {
      at,
      what: `${kind} ${ask.name} of ${handleOf(person)}: ${ask.scopes?.join(' ')}`,
      async run(world, made) {
        const owner = await world.users.byId(made.users.get(handleOf(person))?.id ?? '')
        if (!owner?.active) return
        const { credential } = await issueKey(
          world,
          { by: OPERATOR.by, from: asked(from) },
          { ...ask, userId: owner.id },
        )
        id = credential.id
        made.credentials.push(credential)
      },
    },
  ]
  const later = at + Math.round(dice.next() * (now - at))
  if (dice.chance(0.12))
    steps.push({
      at: later,
      what: `revoke ${ask.name}`,
      run: async world => id && revokeCredential(world, OPERATOR, { credentialId: id }),
    })
  else if (dice.chance(0.04) && expiresAt === undefined)
    steps.push({
      at: now - dice.whole(1, 20) * HOUR,
      what: `rotate ${ask.name}`,
      run: async world => id && rotateKey(world, OPERATOR, { credentialId: id, overlapSeconds: DAY / SECOND }),
    })
  return steps
}

async function disable(world: World, made: DemoContent, handle: string): Promise<void> {
  const userId = made.users.get(handle)?.id
  if (userId) await changeUser(world, OPERATOR, { userId, active: false })
}
