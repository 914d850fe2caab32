import { html } from 'ghtml'
import { exportAccount } from '../../core/users/export-account.ts'
import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { Page } from '../../ports/paging.ts'
import type { WireAnswer } from '../dialect.ts'
import { moment } from '../ui/moment.ts'
import { type Member, sectionPage } from './member.ts'

/* What happened in a person's name, and all of it to take along. */

export const readActivity = ({ query }: WireRequest): string | undefined => query.one('cursor')

export const visitActivity = (
  world: World,
  { session }: Member,
  cursor: string | undefined,
): Promise<Page<StoredJournalEntry>> =>
  world.journal.list({ userId: session.user.id }, cursor === undefined ? { limit: 50 } : { limit: 50, cursor })

export function showActivity(
  { items, nextCursor }: Page<StoredJournalEntry>,
  _request: unknown,
  who: Member,
): WireAnswer {
  const words = who.own.activity
  return sectionPage(who, {
    section: 'activity',
    body: html`<p class="lead">${words.lead}</p>
!${items.length === 0 ? html`<p class="empty">${words.empty}</p>` : html`<ul class="log">!${items.map(entry => line(who, entry))}</ul>`}
!${nextCursor === undefined ? '' : html`<p class="links"><a href="/account/activity?cursor=${nextCursor}">${words.older}</a></p>`}
<p class="hint">${words.unwell} <a href="/account/password">${who.own.nav.password}</a></p>`,
  })
}

/** Events about a person say a whole sentence; the others say what happened to what. */
const WHOLE = new Set(['signed-in', 'sign-in-failed', 'signed-out', 'granted', 'denied'])
function line(who: Member, entry: StoredJournalEntry): string {
  const { activity } = who.own
  const what = activity.what[entry.event]
  const sentence = WHOLE.has(entry.event) ? what : `${activity.things[entry.about] ?? activity.thing} ${what}`
  return html`<li class="entry"><span>${sentence}!${entry.reason ? html` <code>${entry.reason}</code>` : ''}</span>
<small>!${moment(who, entry.at, '')}!${entry.ip ? html` ${activity.from(entry.ip)}` : ''}</small></li>`
}

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
