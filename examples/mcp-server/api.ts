import { createServer } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { scopesOfCall } from 'claviger/guard'
import { type Auth, guard, requireScopes } from 'claviger/guard/express'
import express from 'express'
import { z } from 'zod'
import type { Connection } from '../../src/guard/decide/options.ts'
import type { Api } from '../example.ts'

/* An MCP server with the official SDK: notes that a person's programs read and add to. One line protects it. */

const WELL_KNOWN = '/.well-known/oauth-protected-resource'
/** Tools that need more than the guard asks for. */
const TOOLS = { add_note: 'notes:write' }

export function notesApi(connection: Connection, origin: string): Api {
  const protect = guard({
    resource: `${origin}/mcp`,
    scopes: 'notes:read',
    resourceDetails: { name: 'Notes' },
    ...connection,
  })
  const mcp = toNodeHandler(createMcpHandler(({ authInfo }) => notesOf(authInfo as unknown as Auth))) as Serve

  const app = express()
  app.use(['/mcp', WELL_KNOWN], protect)
  app.use(
    '/mcp',
    express.json(),
    requireScopes(({ body }) => scopesOfCall(body, TOOLS)),
  )
  app.all('/mcp', (request, response) => mcp(request, response, request.body))
  return { server: createServer(app), close: protect.close }
}

/** The handler passes `request.auth` on; the SDK has a type of its own for it. */
type Serve = (request: object, response: object, body: unknown) => Promise<void>

const NOTES = new Map<string, string[]>()

/** A server for one request, which knows who asks. */
function notesOf({ subject, client }: Auth): McpServer {
  const who = subject?.handle ?? client?.name ?? ''
  const notes = NOTES.get(who) ?? ['Buy milk']
  NOTES.set(who, notes)
  const server = new McpServer({ name: 'notes', version: '1.0.0' })
  server.registerTool('list_notes', { description: 'All notes of the person' }, () => said(notes.join('\n')))
  server.registerTool(
    'add_note',
    { description: 'Adds a note', inputSchema: z.object({ text: z.string().max(1000) }) },
    ({ text }) => said(`${who} has ${notes.push(text)} notes`),
  )
  return server
}

const said = (text: string) => ({ content: [{ type: 'text' as const, text }] })
