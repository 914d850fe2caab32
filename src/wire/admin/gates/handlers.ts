import { changeGate, unknownGate } from '../../../core/resources/change-gate.ts'
import { createGate } from '../../../core/resources/create-gate.ts'
import { deleteGate } from '../../../core/resources/delete-gate.ts'
import { answered, given, type Handlers } from '../handler.ts'
import type { gatesOperations } from './operations.ts'
import { showGate } from './show.ts'

export const gatesHandlers: Handlers<keyof typeof gatesOperations> = {
  listGates: async world => answered({ items: (await world.gates.list()).map(gate => showGate(world, gate)) }),

  async createGate(world, act, { body: { audience, ...wanted } }) {
    const gate = await createGate(world, act, { ...wanted, ...(audience !== null && { audience }) })
    return { body: showGate(world, gate), location: `/v1/gates/${gate.name}` }
  },

  async getGate(world, _who, { id }) {
    const gate = await world.gates.byName(id)
    if (!gate) throw unknownGate(id)
    return answered(showGate(world, gate))
  },

  async changeGate(world, act, { id, body }) {
    const change = given<Partial<Parameters<typeof changeGate>[2]>>(body)
    return answered(showGate(world, await changeGate(world, act, { ...change, name: id })))
  },

  async deleteGate(world, act, { id }) {
    await deleteGate(world, act, { name: id })
    return answered({ deleted: true })
  },
}
