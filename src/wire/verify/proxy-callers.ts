import type { World } from '../../core/world.ts'
import { forwardedAddress } from '../../http/caller-address.ts'
import { sourceOf, type WireRequest } from '../../http/request.ts'
import { type Act, SYSTEM, type SystemActor } from '../../model/actor.ts'
import { type Gate, isGateName } from '../../model/gate.ts'
import { inNetworks } from '../../model/networks.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Caller } from '../dialect.ts'

/* Proxies, and what each of them asks for. Nothing that callers can write sets it: neither a query nor a header. */

/** What is asked of a credential. */
export type Wanted = Pick<Gate, 'audience' | 'scopes' | 'profile' | 'preflights'>

/** This server checks for a proxy, from the address that the proxy reports. */
export type ProxyAct = Act<SystemActor> & { wanted: Wanted }

const DEFAULTS: Wanted = { scopes: [], profile: 'oauth', preflights: 'check' }
const AT_GATES = '/forward-auth/gates/'

/** A proxy whose address names a gate. Its name is the segment as sent: never decoded, never a dot segment. */
export const proxyAtGate = proxy('trusted proxy, at a gate', gateOf)

async function gateOf(world: World, request: WireRequest): Promise<Wanted> {
  const name = request.path.startsWith(AT_GATES) ? (request.path.slice(AT_GATES.length).split('/', 1)[0] ?? '') : ''
  const gate = isGateName(name) ? await world.lookups.gate(name) : undefined
  if (!gate) throw unknownGate(world, name)
  if (gate.profile === 'oauth' || world.rules.dialects.includes(gate.profile)) return gate
  const sentence = `The gate ${name} accepts credentials of ${gate.profile} alone, and CLAVIGER_DIALECTS does not name ${gate.profile}.`
  world.warnings.once('gate-without-dialect', sentence)
  throw new Refusal('dialect-wrong', `${gate.profile} is off`, { sentence })
}

const PATHS_WITHOUT_GATE =
  'A proxy appends the paths of its callers to /forward-auth, so a caller whose path begins with /gates/ would choose a gate. Set that proxy to /forward-auth/gates/NAME (claviger gate create NAME).'

/** A proxy without a gate: the native kinds pass, and no scope is needed. */
export const proxyWithoutGate = proxy('trusted proxy', (world, request) => {
  if (request.path.split('/', 3)[2] === 'gates') throw unknownGate(world, '')
  refuseFormerSettings(world, request)
  if (request.path.length > '/forward-auth/'.length) world.warnings.once('paths-without-gate', PATHS_WITHOUT_GATE)
  return DEFAULTS
})

/** Parameters that were settings once: a proxy that still sends them would be less strict than its operator meant. */
const FORMER_SETTINGS: ReadonlySet<string> = new Set(['scope', 'audience', 'profile'])

function refuseFormerSettings(world: World, request: WireRequest): void {
  const query = new URLSearchParams(request.url.slice(request.path.length))
  const setting = query.keys().find(name => FORMER_SETTINGS.has(name))
  if (setting === undefined) return
  const sentence = `/forward-auth takes no settings from a query, because callers can write one too: ?${setting}= is refused. Define a gate (claviger gate create NAME) and set the proxy to /forward-auth/gates/NAME.`
  world.warnings.once('settings-in-query', sentence)
  throw new Refusal('parameter-invalid', `?${setting}= at /forward-auth`, { parameter: setting, sentence })
}

function unknownGate(world: World, name: string): Refusal {
  const shown = JSON.stringify(name.slice(0, 64))
  const sentence = `There is no gate ${shown}. claviger gate list shows those there are; claviger gate create NAME makes one.`
  world.warnings.once('unknown-gate', sentence)
  return new Refusal('parameter-invalid', `no gate ${shown}`, { sentence })
}

function proxy(
  name: string,
  wantedBy: (world: World, request: WireRequest) => Wanted | Promise<Wanted>,
): Caller<ProxyAct> {
  return {
    name,
    async prove(world, request) {
      refuseUnlisted(world, request)
      const wanted = await wantedBy(world, request)
      const from = { ...sourceOf(request), ip: forwardedAddress(request).ip }
      return { who: { by: SYSTEM.by, from, wanted }, concerns: {} }
    },
  }
}

const LOOPBACK = ['127.0.0.0/8', '::1/128']

/** Only a proxy of ours may speak for a caller: a listed one, or without a list one on this machine. */
function refuseUnlisted(world: World, { peer }: WireRequest): void {
  const listed = world.rules.trustedProxies
  if (inNetworks(peer, listed.length > 0 ? listed : LOOPBACK)) return
  const sentence = `${peer} is not among the proxies of CLAVIGER_TRUST_PROXY (${listed.join(', ') || 'empty: this machine alone'}), so it may not ask /forward-auth. Add its network there if it is a proxy of yours.`
  world.warnings.once('unlisted-asker', sentence)
  throw new Refusal('network-not-allowed', `${peer} is not listed`, {
    sentence: `${peer} is not among the proxies of CLAVIGER_TRUST_PROXY, so it may not ask /forward-auth.`,
  })
}
