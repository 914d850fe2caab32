import type { ScopeText } from '../../model/clients/client.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import { isHighRisk } from '../../model/users/user.ts'
import type { Words } from './words/en.ts'

/** A description of a scope: the operator's, ours for common scopes, or one made from its name. */
export function scopeSentence(words: Words, texts: readonly ScopeText[], scope: Scope): Omit<ScopeText, 'scope'> {
  const text = texts.find(one => one.scope === scope)
  if (text) return { sentence: text.sentence, risk: text.risk }
  return { sentence: ownSentence(words, scope), risk: isHighRisk(scope) ? 'high' : 'low' }
}

function ownSentence(words: Words, scope: Scope): string {
  const whole = words.scopes[scope]
  if (whole !== undefined) return whole
  const [area = '', ...rest] = scope.split(':')
  const thing = rest.at(-1) ?? ''
  if (thing === '' || !isPart(area)) return words.scopeUnknown(scope)
  // `admin:read:accounts` concerns other people's things, so texts with "your" do not fit.
  const things = (area === 'admin' ? undefined : words.things[thing]) ?? words.thing(rest.join(':'))
  return words.scopePart[area](things)
}

const isPart = (area: string): area is keyof Words['scopePart'] => ['read', 'write', 'admin'].includes(area)
