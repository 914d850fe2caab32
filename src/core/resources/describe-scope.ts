import type { ScopeText } from '../../model/clients/client.ts'
import { entry } from '../../model/journal.ts'
import { checkScopes } from '../../model/scopes/check-scopes.ts'
import type { Act } from '../../model/users/actor.ts'
import { requirePermission } from '../authority.ts'
import { checkName } from '../clients/name-rules.ts'
import type { World } from '../world.ts'

/** Sets the description of a scope for the consent page. */
export async function describeScope(needs: Needs, act: Act, text: ScopeText): Promise<ScopeText> {
  requirePermission(act.by, 'putScope')
  checkScopes([text.scope])
  checkName(text.sentence, 300)
  const thing = { about: 'scope', aboutId: text.scope }
  await needs.scopes.put(text, entry(act, 'created', thing, { at: needs.now() }))
  return text
}

type Needs = Pick<World, 'scopes' | 'now'>
