import { GATE_PROFILES, PREFLIGHTS } from '../../model/clients/gate.ts'
import { list, record } from '../output/answer.ts'
import { isoOf, showGate } from '../output/shapes.ts'
import type { Noun } from '../program/command.ts'
import { ofThing } from '../program/foresee.ts'
import type { Options } from '../program/options.ts'

const WANTED = [
  { flags: '--audience <uri>', about: "audience of the API for which credentials must be valid; '' for none" },
  { flags: '--scope <scopes>', about: "scopes of which a credential must have all; '' for none" },
  {
    flags: '--profile <profile>',
    about: `credentials that are accepted, and the format of refusals: ${GATE_PROFILES.join(', ')}`,
  },
  {
    flags: '--preflights <how>',
    about: 'treatment of CORS preflights: check, pass-by-method or pass-by-header (default: check; docs/proxies.md)',
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
      about: 'Create a gate: the requirements that a proxy checks at /forward-auth/gates/NAME',
      examples: [
        'claviger gate create orders --audience https://orders.example.com --scope "orders:read"',
        'claviger gate create partners --profile apikey',
      ],
      options: WANTED,
      async run({ options, manage }) {
        const { audience, ...wanted } = readWanted(options)
        const body = { name: options.argument(0), ...wanted, ...(audience && { audience }) }
        const made = await manage('createGate', { body })
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
      async run({ manage }) {
        return list(await manage('listGates'), showGate, {
          name: one => one.name,
          audience: one => one.audience,
          scope: one => one.scopes.join(' '),
          profile: one => one.profile,
          preflights: one => one.preflights,
          created: one => isoOf(one.created_at),
        })
      },
    },
    {
      at: 'get <name>',
      about: 'Show a gate',
      examples: ['claviger gate get orders'],
      run: async ({ options, manage }) => record(showGate(await manage('getGate', { id: options.argument(0) }))),
    },
    {
      at: 'update <name>',
      about: 'Change the requirements of a gate; running servers apply them within a second',
      examples: [
        'claviger gate update orders --scope "orders:read orders:write"',
        "claviger gate update orders --audience ''",
      ],
      options: WANTED,
      async run({ options, manage }) {
        const { audience, ...wanted } = readWanted(options)
        const body = { ...wanted, ...(audience !== undefined && { audience: audience || null }) }
        return record(showGate(await manage('changeGate', { id: options.argument(0), body })))
      },
    },
    {
      at: 'delete <name>',
      aliases: ['rm'],
      about: 'Delete a gate; its proxy then gets a refusal for every request',
      examples: ['claviger gate delete orders'],
      ends: { act: 'deleteGate', foresee: ofThing('gate', ({ manage }, id) => manage('getGate', { id })) },
      async run({ options, manage }) {
        const id = options.argument(0)
        const gone = await manage('getGate', { id })
        await manage('deleteGate', { id })
        return record({ ...showGate(gone), deleted: true })
      },
    },
  ],
}
