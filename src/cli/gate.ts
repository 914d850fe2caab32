import { changeGate, unknownGate } from '../core/resources/change-gate.ts'
import { createGate } from '../core/resources/create-gate.ts'
import { deleteGate } from '../core/resources/delete-gate.ts'
import { OPERATOR } from '../model/actor.ts'
import { GATE_PROFILES, PREFLIGHTS } from '../model/gate.ts'
import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { ofThing } from './foresee.ts'
import type { Options } from './options.ts'
import { iso, showGate } from './shapes.ts'

const WANTED = [
  { flags: '--audience <uri>', about: "the API that credentials must be good for; '' for none" },
  { flags: '--scope <scopes>', about: "the scopes that must be held, all of them; '' for none" },
  { flags: '--profile <profile>', about: `what is accepted and how a refusal reads: ${GATE_PROFILES.join(', ')}` },
  {
    flags: '--preflights <how>',
    about: 'CORS preflights: check (the standard), pass-by-method or pass-by-header (docs/proxies.md)',
  },
]

function readWanted(options: Options) {
  const [audience, scopes] = [options.one('audience'), options.scopes()]
  const [profile, preflights] = [options.oneOf('profile', GATE_PROFILES), options.oneOf('preflights', PREFLIGHTS)]
  return {
    ...(audience !== undefined && { audience }),
    ...(scopes && { scopes }),
    ...(profile && { profile }),
    ...(preflights && { preflights }),
  }
}

export const gate: Noun = {
  verbs: [
    {
      at: 'create <name>',
      aliases: ['new'],
      about: 'Define what a proxy asks for at /forward-auth/gates/NAME',
      examples: [
        'claviger gate create orders --audience https://orders.example.com --scope "orders:read"',
        'claviger gate create partners --profile apikey',
      ],
      options: WANTED,
      async run({ options, world }) {
        const { audience, ...wanted } = readWanted(options)
        const ask = { name: options.argument(0), ...wanted, ...(audience && { audience }) }
        const made = await createGate(await world(), OPERATOR, ask)
        return record(showGate(made), {
          notes: [`Set the proxy to /forward-auth/gates/${made.name} (docs/proxies.md).`],
        })
      },
    },
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List gates',
      examples: ['claviger gate list'],
      async run({ world }) {
        const items = await (await world()).gates.list()
        return list({ items }, showGate, {
          name: one => one.name,
          audience: one => one.audience,
          scope: one => one.scopes.join(' '),
          profile: one => one.profile,
          preflights: one => one.preflights,
          created: one => iso(one.createdAt),
        })
      },
    },
    {
      at: 'get <name>',
      about: 'Show a gate',
      examples: ['claviger gate get orders'],
      async run({ options, world }) {
        const found = await (await world()).gates.byName(options.argument(0))
        if (!found) throw unknownGate(options.argument(0))
        return record(showGate(found))
      },
    },
    {
      at: 'update <name>',
      about: 'Change what a gate asks for; a running server follows within a second',
      examples: [
        'claviger gate update orders --scope "orders:read orders:write"',
        "claviger gate update orders --audience ''",
      ],
      options: WANTED,
      async run({ options, world }) {
        const { audience, ...wanted } = readWanted(options)
        const ask = {
          name: options.argument(0),
          ...wanted,
          ...(audience !== undefined && { audience: audience || null }),
        }
        return record(showGate(await changeGate(await world(), OPERATOR, { ...ask })))
      },
    },
    {
      at: 'delete <name>',
      aliases: ['rm'],
      about: 'Delete a gate; its proxy is refused everything from then on',
      examples: ['claviger gate delete orders'],
      ends: {
        act: 'deleteGate',
        foresee: ofThing('gate', async (call, name) => (await call.world()).gates.byName(name)),
      },
      async run({ options, world }) {
        const gone = await deleteGate(await world(), OPERATOR, { name: options.argument(0) })
        return record({ ...showGate(gone), deleted: true })
      },
    },
  ],
}
