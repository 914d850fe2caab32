import { inspectSecret } from '../../crypto/credential-format.ts'
import { Refusal } from '../../model/refusal.ts'
import type { SavedView, ViewPage } from '../../model/saved-view.ts'
import type { User } from '../../model/user.ts'
import { checkName } from '../clients/client-rules.ts'
import type { Source, World } from '../world.ts'

/** As many as anybody finds again in a menu. */
const MOST = 50
const LONGEST_QUERY = 1000

/** Keeps the filters of a page for this person alone. A secret among them would be stored in the clear: it is refused. */
export async function keepView(needs: Needs, user: User, ask: KeepView): Promise<SavedView> {
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
  const kept = await needs.views.put(user.id, view, MOST, { ...entry(needs, user, ask), event: 'created' })
  if (kept === 'too-many')
    throw new Refusal('state-conflict', `${user.id} has ${MOST} views`, {
      sentence: `You have ${MOST} saved views. Delete one of them first.`,
    })
  return view
}

export async function forgetView(needs: Needs, user: User, ask: { name: string; from: Source }): Promise<void> {
  const gone = await needs.views.delete(user.id, ask.name, { ...entry(needs, user, ask), event: 'deleted' })
  if (!gone) throw new Refusal('not-found', 'no such view', { sentence: 'There is no such view.' })
}

const entry = (needs: Needs, user: User, { name, from }: { name: string; from: Source }) => ({
  at: needs.now(),
  about: 'view',
  aboutId: name,
  actor: user.id,
  userId: user.id,
  ...from,
})

export type KeepView = { name: string; page: ViewPage; query: string; from: Source }
type Needs = Pick<World, 'views' | 'now'>
