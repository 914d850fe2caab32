import { inspectSecret } from '../../crypto/credential-format.ts'
import { entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../model/users/actor.ts'
import type { SavedView, ViewPage } from '../../model/users/saved-view.ts'
import { checkName } from '../clients/name-rules.ts'
import type { World } from '../world.ts'

/** A menu with more views is not usable. */
const MOST = 50
const LONGEST_QUERY = 1000

/**
 * Stores the filters of a page for the user. Refuses a filter that contains a secret, because views are stored
 * unencrypted.
 */
export async function keepView(needs: Needs, act: Act<Oneself>, ask: KeepView): Promise<SavedView> {
  const { user } = act.by
  checkName(ask.name)
  const query = new URLSearchParams(ask.query)
  if (query.toString().length > LONGEST_QUERY)
    throw new Refusal('parameter-invalid', 'a long view', { parameter: 'query', sentence: 'That is too long.' })
  if ([...query.values()].some(value => inspectSecret(value).is !== 'foreign'))
    throw new Refusal('parameter-invalid', 'a secret among filters', {
      parameter: 'query',
      sentence:
        'One of the filters is a secret. Secrets are never stored; search by id or by the last four characters.',
    })
  const view = { name: ask.name, page: ask.page, query: query.toString(), createdAt: needs.now() }
  const kept = await needs.views.put(
    user.id,
    view,
    MOST,
    entry(act, 'created', aboutView(act, view), { at: view.createdAt }),
  )
  if (kept === 'too-many')
    throw new Refusal('state-conflict', `${user.id} has ${MOST} views`, {
      sentence: `You have ${MOST} saved views. Delete one of them first.`,
    })
  return view
}

/** Names of saved views are unique per user, so the journal names the user too. */
export const aboutView = ({ by }: Act<Oneself>, { name }: { name: string }) => ({
  about: 'view',
  aboutId: name,
  userId: by.user.id,
})

export type KeepView = { name: string; page: ViewPage; query: string }
type Needs = Pick<World, 'views' | 'now'>
