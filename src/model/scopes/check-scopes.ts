import { quoted } from '../refusals/missing.ts'
import { Refusal } from '../refusals/refusal.ts'
import { isScope, LONGEST_SCOPE, type Scope } from './scope.ts'

/**
 * Refuses texts that are not scopes (RFC 6749 section 3.3), because the hierarchy of scopes compares only the beginning
 * of a text. The sentence names the text and the first character that is not allowed.
 */
export function checkScopes(scopes: readonly Scope[], parameter = 'scope'): void {
  const strange = scopes.find(scope => !isScope(scope))
  if (strange === undefined) return
  const sentence = `${faultOf(strange)} A scope consists of 1 to ${LONGEST_SCOPE} printable ASCII characters, without spaces, double quotes and backslashes.`
  throw new Refusal('scope-unknown', `not a scope: ${quoted(strange)}`, { parameter, sentence })
}

/** Names the character by its code too, because not every answer can contain the character. */
function faultOf(scope: string): string {
  const wrong = [...scope].find(character => !isScope(character))
  if (wrong === undefined) return `The scope ${quoted(scope)} has ${scope.length} characters.`
  const code = (wrong.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `The scope ${quoted(scope)} contains the character U+${code}.`
}
