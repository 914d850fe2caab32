import type { ScopeText } from '../../model/client.ts'
import type { Scope } from '../../model/scope.ts'
import { isFarReaching } from '../../model/user.ts'
import type { Words } from './words/en.ts'

/** A scope as people read it: the operator's words, ours for what many systems share, or at least its name. */
export function scopeSentence(words: Words, texts: readonly ScopeText[], scope: Scope): Omit<ScopeText, 'scope'> {
  const text = texts.find(one => one.scope === scope)
  if (text) return { sentence: text.sentence, risk: text.risk }
  return { sentence: ownSentence(words, scope), risk: isFarReaching(scope) ? 'high' : 'low' }
}

function ownSentence(words: Words, scope: Scope): string {
  const whole = words.scopes[scope]
  if (whole !== undefined) return whole
  const [area = '', ...rest] = scope.split(':')
  const thing = rest.at(-1) ?? ''
  if (thing === '' || !isPart(area)) return words.scopeUnknown(scope)
  // `admin:read:accounts` names things of others, so none of "your" words fit.
  const things = (area === 'admin' ? undefined : words.things[thing]) ?? words.thing(rest.join(':'))
  return words.scopePart[area](things)
}

const isPart = (area: string): area is keyof Words['scopePart'] => ['read', 'write', 'admin'].includes(area)
