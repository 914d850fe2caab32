import { randomBytes } from 'node:crypto'
import { createGate } from '../../src/core/resources/create-gate.ts'
import type { World } from '../../src/core/world.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { Case } from './console-case.ts'

/* What proxies ask for, for `CASES`. */

const fresh = (): string => `x${randomBytes(5).toString('hex')}`
const seen = async (world: World, name: string) => {
  const gate = await world.gates.byName(name)
  return gate && { ...gate, name: '', createdAt: 0 }
}
const made = async (world: World) => {
  const audience = 'https://old.example'
  return createGate(world, OPERATOR, { name: fresh(), audience, scopes: ['read'], profile: 'apikey' })
}

const createdWith =
  (more: object): Case =>
  async world => {
    const name = fresh()
    return { what: { body: { name, ...more } }, see: () => seen(world, name) }
  }
const changedTo =
  (body: object): Case =>
  async world => {
    const { name } = await made(world)
    return { what: { params: { name }, body }, see: () => seen(world, name) }
  }
const full = {
  audience: 'https://api.example',
  scopes: ['read', 'write'],
  profile: 'zebbra',
  preflights: 'pass-by-header',
}
const bare = { audience: null, scopes: [], profile: 'oauth', preflights: 'check' }

export const GATE_CASES = {
  listGates: [
    async world => {
      if ((await world.gates.list()).length === 0) await made(world)
      return { what: {} }
    },
  ],
  createGate: [createdWith(full), createdWith(bare)],
  changeGate: [changedTo(full), changedTo(bare)],
  deleteGate: [
    async world => {
      const { name } = await made(world)
      return { what: { params: { name } }, see: () => seen(world, name) }
    },
  ],
} satisfies Record<string, readonly Case[]>
