import { parseScopes, type Scope } from '../../model/scope.ts'

/**
 * The parameters of a request, as the parts of OAuth read them. An empty one counts as absent, and one that stands twice
 * is refused (RFC 6749 section 3.2).
 */
export type Parameters = {
  one(name: string): string | undefined
  required(name: string): string
  /** For those that may stand several times. */
  all(name: string): string[]
}

/** Parameters that may stand several times (RFC 8707 section 2). */
export const REPEATABLE: readonly string[] = ['resource']

/** RFC 6749 section 3.3. */
export function readScopes(parameters: Parameters): { scopes?: Scope[] } {
  const scope = parameters.one('scope')
  return scope === undefined ? {} : { scopes: parseScopes(scope) }
}
