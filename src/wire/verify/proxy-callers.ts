import type { World } from '../../core/world.ts'
import { forwardedAddress } from '../../http/caller-address.ts'
import { sourceOf, type WireRequest } from '../../http/request.ts'
import { type Gate, isGateName } from '../../model/clients/gate.ts'
import { inNetworks } from '../../model/networks.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { type Act, SYSTEM, type SystemActor } from '../../model/users/actor.ts'
import type { Caller } from '../dialect.ts'

/* Proxies and the conditions of their checks. Callers cannot set these conditions by query or header. */

/** The conditions that a credential must meet. */
export type Wanted = Pick<Gate, 'audience' | 'scopes' | 'profile' | 'preflights'>

/** This server checks on behalf of a proxy, with the caller's address that the proxy reports. */
export type ProxyAct = Act<SystemActor> & { wanted: Wanted }

const DEFAULTS: Wanted = { scopes: [], profile: 'oauth', preflights: 'check' }
const AT_GATES = '/forward-auth/gates/'

/**
 * A proxy whose address names a gate. The name is the path segment as sent: it is not decoded, and a dot segment is
 * refused.
 */
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

/** A proxy without a gate: all native kinds pass, and no scope is needed. */
export const proxyWithoutGate = proxy('trusted proxy', (world, request) => {
  if (request.path.split('/', 3)[2] === 'gates') throw unknownGate(world, '')
  refuseFormerSettings(world, request)
  if (request.path.length > '/forward-auth/'.length) world.warnings.once('paths-without-gate', PATHS_WITHOUT_GATE)
  return DEFAULTS
})

/**
 * Old settings in the query are refused, because ignoring them would make the check less strict than the operator
 * expects.
 */
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

/** Accepts listed proxies only. Without a list, accepts proxies on this machine. */
function refuseUnlisted(world: World, { peer }: WireRequest): void {
  const listed = world.rules.trustedProxies
  if (inNetworks(peer, listed.length > 0 ? listed : LOOPBACK)) return
  const sentence = `${peer} is not among the proxies of CLAVIGER_TRUST_PROXY (${listed.join(', ') || 'empty: this machine alone'}), so it may not ask /forward-auth. Add its network there if it is a proxy of yours.`
  world.warnings.once('unlisted-asker', sentence)
  throw new Refusal('network-not-allowed', `${peer} is not listed`, {
    sentence: `${peer} is not among the proxies of CLAVIGER_TRUST_PROXY, so it may not ask /forward-auth.`,
  })
}
