import type { ScopeText } from '../../model/client.ts'
import { Refusal } from '../../model/refusal.ts'
import { isScope } from '../../model/scope.ts'
import { type Grantor, requirePower } from '../authority.ts'
import { checkName } from '../clients/client-rules.ts'
import type { Source, World } from '../world.ts'

/** Gives a scope its words for the consent page, or new ones. */
export async function describeScope(needs: Needs, by: Grantor, ask: ScopeText & { from: Source }): Promise<ScopeText> {
  requirePower(by, 'resources:write')
  const { from, ...text } = ask
  if (!isScope(text.scope)) throw new Refusal('scope-unknown', `not a scope: ${text.scope}`, { parameter: 'scope' })
  checkName(text.sentence, 300)
  await needs.scopes.put(text, { ...entry(needs, by, text.scope, from), event: 'created' })
  return text
}

/** Forgets the words; who holds the scope keeps it. */
export async function forgetScope(needs: Needs, by: Grantor, ask: { scope: string; from: Source }): Promise<void> {
  requirePower(by, 'resources:write')
  const gone = await needs.scopes.delete(ask.scope, { ...entry(needs, by, ask.scope, ask.from), event: 'deleted' })
  if (!gone)
    throw new Refusal('not-found', `no scope ${ask.scope.slice(0, 100)}`, { sentence: 'There is no such scope.' })
}

const entry = (needs: Needs, by: Grantor, scope: string, from: Source) => ({
  at: needs.now(),
  about: 'scope',
  aboutId: scope,
  actor: by.actor,
  ...from,
})

type Needs = Pick<World, 'scopes' | 'now'>
