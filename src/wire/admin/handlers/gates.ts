import { changeGate, deleteGate, unknownGate } from '../../../core/resources/change-gate.ts'
import { createGate } from '../../../core/resources/create-gate.ts'
import { showGate } from '../show.ts'
import { given, type Handlers, told } from './handler.ts'

export const gateHandlers: Handlers<'listGates' | 'createGate' | 'getGate' | 'changeGate' | 'deleteGate'> = {
  listGates: async world => told({ items: (await world.gates.list()).map(gate => showGate(world, gate)) }),

  async createGate(world, { by }, { body: { audience, ...wanted }, from }) {
    const gate = await createGate(world, by, { ...wanted, ...(audience !== null && { audience }), from })
    return { body: showGate(world, gate), location: `/v1/gates/${gate.name}` }
  },

  async getGate(world, _who, { id }) {
    const gate = await world.gates.byName(id)
    if (!gate) throw unknownGate(id)
    return told(showGate(world, gate))
  },

  async changeGate(world, { by }, { id, body, from }) {
    const change = given<Partial<Parameters<typeof changeGate>[2]>>(body)
    return told(showGate(world, await changeGate(world, by, { ...change, name: id, from })))
  },

  async deleteGate(world, { by }, { id, from }) {
    await deleteGate(world, by, { name: id, from })
    return told({ deleted: true })
  },
}
