import type { Plugin } from 'vite'
import { OPERATIONS, type Operation } from '../src/wire/admin/contract.ts'

const TABLE = 'virtual:operations'

/** Method and path of every operation, taken from the contract: the pages get the table without the schemas' weight. */
export const operationTable = (): Plugin => ({
  name: 'operation-table',
  resolveId: id => (id === TABLE ? TABLE : undefined),
  load(id) {
    if (id !== TABLE) return undefined
    const rows = Object.entries<Operation>(OPERATIONS).map(([name, { on, needs, self, summary }]) => [
      name,
      { on, needs, self, summary },
    ])
    return `export const OPERATIONS = ${JSON.stringify(Object.fromEntries(rows))}`
  },
})
