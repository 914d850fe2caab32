import type { Scope } from '../../model/scopes/scope.ts'

/** The scopes that each tool needs: a list, or one text with spaces. */
export type ToolScopes = Readonly<Record<string, string | readonly Scope[]>>

/**
 * Returns the scopes of all tools that a message of MCP calls (JSON-RPC; one message, or a list). With `requireScopes`, one refusal
 * then names all scopes of the call. A tool that the table does not name needs the scopes of the route alone.
 */
export function scopesOfCall(message: unknown, tools: ToolScopes): Scope[] {
  const scopes = new Set<Scope>()
  for (const one of Array.isArray(message) ? message : [message]) {
    const { method, params } = (one ?? {}) as { method?: unknown; params?: { name?: unknown } | null }
    const name = method === 'tools/call' ? params?.name : undefined
    if (typeof name !== 'string' || !Object.hasOwn(tools, name)) continue
    for (const scope of listed(tools[name])) scopes.add(scope)
  }
  return [...scopes]
}

const listed = (scopes: string | readonly Scope[] = []): readonly Scope[] =>
  typeof scopes === 'string' ? scopes.split(' ').filter(Boolean) : scopes
