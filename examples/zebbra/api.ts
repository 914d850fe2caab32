import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Connection } from '../../src/guard/decide/options.ts'
import { type Guarded, guard } from '../../src/guard/hono.ts'

type Model = { id: number; name: string; workspace: string }

/** Financial models in workspaces, each seen by its owner alone; behind Zebbra's password tokens. */
export function modelsApi(connection: Connection) {
  const models = new Map<string, Model[]>()
  const protect = guard({ ...connection, profile: 'zebbra' })
  const app = new Hono<Guarded>()
  app.use(protect)
  const mine = (userId: string) => models.get(userId) ?? []
  app.get('/workspaces', c => c.json([...new Set(mine(ownerOf(c)).map(({ workspace }) => workspace))]))
  app.get('/models', c => c.json(mine(ownerOf(c))))
  app.post('/models', async c => {
    const { name, workspace } = (await c.req.json().catch(() => ({}))) as Partial<Model>
    if (!name || !workspace) return c.json({ detail: 'A model needs a name and a workspace' }, 400)
    const owned = mine(ownerOf(c))
    const model = { id: owned.length + 1, name, workspace }
    models.set(ownerOf(c), [...owned, model])
    return c.json(model, 201)
  })
  return { server: createServer(getRequestListener(app.fetch)), close: protect.close }
}

const ownerOf = (c: { var: Guarded['Variables'] }): string => c.var.auth.subject?.id ?? ''
