import { parseScopes, type Scope } from '../../model/scopes/scope.ts'

/**
 * The parameters of a request. An empty parameter counts as absent; a repeated one is refused (RFC 6749 section 3.2).
 */
export type Parameters = {
  one(name: string): string | undefined
  required(name: string): string
  /** Returns all values of a parameter that may be repeated. */
  all(name: string): string[]
}

/** Parameters that may be repeated (RFC 8707 section 2). */
export const REPEATABLE: readonly string[] = ['resource']

/** RFC 6749 section 3.3. */
export function readScopes(parameters: Parameters): { scopes?: Scope[] } {
  const scope = parameters.one('scope')
  return scope === undefined ? {} : { scopes: parseScopes(scope) }
}
