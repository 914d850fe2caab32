import { html } from 'ghtml'
import { nameOwnEntries } from '../../core/journal/name-entries.ts'
import { exportAccount } from '../../core/users/export-account.ts'
import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { EntryNames } from '../../model/sentences/entry-facts.ts'
import type { Page } from '../../ports/paging.ts'
import type { WireAnswer } from '../dialect.ts'
import { entrySentence } from '../ui/entry-line.ts'
import { moment } from '../ui/moment.ts'
import { type Member, sectionPage } from './member.ts'

/* Journal entries of the user's own actions, and the export of the account. */

export const readActivity = ({ query }: WireRequest): string | undefined => query.one('cursor')

type Activity = { page: Page<StoredJournalEntry>; names: EntryNames }

export async function visitActivity(world: World, { session }: Member, cursor: string | undefined): Promise<Activity> {
  const userId = session.user.id
  const page = await world.journal.list({ userId }, { limit: 50, ...(cursor !== undefined && { cursor }) })
  return { page, names: await nameOwnEntries(world, userId, page.items) }
}

export function showActivity({ page, names }: Activity, _request: unknown, who: Member): WireAnswer {
  const { items, nextCursor } = page
  const words = who.own.activity
  return sectionPage(who, {
    section: 'activity',
    body: html`<p class="lead">${words.lead}</p>
!${items.length === 0 ? html`<p class="empty">${words.empty}</p>` : html`<ul class="log">!${items.map(entry => line(who, entry, names))}</ul>`}
!${nextCursor === undefined ? '' : html`<p class="links"><a href="/account/activity?cursor=${nextCursor}">${words.older}</a></p>`}
<p class="hint">${words.unwell} <a href="/account/password">${who.own.nav.password}</a></p>`,
  })
}

const line = (who: Member, entry: StoredJournalEntry, names: EntryNames): string =>
  html`<li class="entry"><span>!${entrySentence(who, entry, names)}</span>
<small>!${moment(who, entry.at, '')}!${entry.ip ? html` ${who.own.activity.from(entry.ip)}` : ''}</small></li>`

export const takeAlong = (world: World, who: Member): Promise<Record<string, unknown>> => exportAccount(world, who)

export const showExport = (data: object): WireAnswer => ({
  status: 200,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="claviger-account.json"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body: JSON.stringify(data, null, 2),
})
