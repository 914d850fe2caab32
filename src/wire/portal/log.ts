import { html } from 'ghtml'
import { findOwnClient } from '../../core/clients/own/find-own-client.ts'
import { listOwnClients } from '../../core/clients/own/list-own-clients.ts'
import { nameOwnEntries } from '../../core/journal/name-entries.ts'
import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import type { Client } from '../../model/clients/client.ts'
import { type EventName, OUTCOMES, type StoredJournalEntry } from '../../model/journal.ts'
import type { EntryNames } from '../../model/sentences/entry-facts.ts'
import { DAY, HOUR, MINUTE } from '../../model/span.ts'
import type { Page } from '../../ports/paging.ts'
import type { WireAnswer } from '../dialect.ts'
import { entrySentence } from '../ui/entry-line.ts'
import { moment } from '../ui/moment.ts'
import { shownName } from '../ui/shown-name.ts'
import { type Member, portalPage } from './member.ts'

/* Requests of the user and their applications, refused and accepted, as far as the journal keeps them. */

type Asked = ReturnType<typeof readLog>
type Log = {
  page: Page<StoredJournalEntry>
  names: EntryNames
  apps: Client[]
  asked: Asked
  /** Checks in the last 24 hours. All checks are counted, but entries exist only for refusals and first uses. */
  counted: { accepted: number; refused: number }
}

const CHOICES = ['all', 'refused', 'accepted'] as const
type Choice = (typeof CHOICES)[number]

export const readLog = ({ query }: WireRequest) => {
  const asked = query.one('show')
  const show: Choice = CHOICES.find(one => one === asked) ?? 'all'
  return { app: query.one('app') || undefined, cursor: query.one('cursor'), show }
}

/** Events of the user's own credentials. For an application, all its events are shown. */
const OF_OWN: Record<Choice, readonly EventName[]> = {
  all: ['refused', 'used', 'reuse-detected'],
  refused: ['refused', 'reuse-detected'],
  accepted: ['used'],
}
const OF_APP: Record<Choice, readonly EventName[] | undefined> = {
  all: undefined,
  refused: OUTCOMES.refused,
  accepted: OUTCOMES.accepted,
}

export async function visitLog(world: World, who: Member, asked: Asked): Promise<Log> {
  const { app, cursor, show } = asked
  const self = who.session.user.id
  const { items: apps } = await listOwnClients(world, who, { limit: 100 })
  const of = app === undefined ? { userId: self } : { clientId: (await findOwnClient(world, who, { id: app })).id }
  const events = app === undefined ? OF_OWN[show] : OF_APP[show]
  const page = await world.journal.list({ ...of, ...(events && { events }) }, { limit: 50, ...(cursor && { cursor }) })
  const [names, counted] = await Promise.all([nameOwnEntries(world, self, page.items), count(world, of)])
  return { page, names, apps, asked, counted }
}

async function count(world: World, of: { userId: string } | { clientId: string }): Promise<Log['counted']> {
  const until = world.now()
  const buckets = await world.usage.read({ ...of, since: until - DAY, until, bucketMinutes: HOUR / MINUTE })
  const counted = { accepted: 0, refused: 0 }
  for (const { outcome, count } of buckets) counted[outcome === 'valid' ? 'accepted' : 'refused'] += count
  return counted
}

export function showLog({ page, names, apps, asked, counted }: Log, _request: unknown, who: Member): WireAnswer {
  const words = who.own.log
  const option = (value: string, label: string, chosen: string) =>
    html`<option value="${value}" !${value === chosen ? 'selected' : ''}>${label}</option>`
  const { app = '', show } = asked
  const older = new URLSearchParams({ ...(app && { app }), show, cursor: page.nextCursor ?? '' })
  const applications = [option('', words.mine, app), ...apps.map(one => option(one.id, shownName(one.name), app))]
  const choices = CHOICES.map(one => option(one, words.choices[one], show))
  return portalPage(who, {
    section: 'log',
    body: html`<p class="lead">${words.lead}</p>
<form class="slim row" method="get" action="/developers/log"><label for="app">${words.ofApp}</label><select id="app" name="app">!${applications}</select><label for="show">${words.which}</label><select id="show" name="show">!${choices}</select><button class="plain" type="submit">${words.show}</button></form>
<p>${words.counted(counted.accepted, counted.refused)}</p>
!${page.items.length === 0 ? html`<p class="empty">${words.empty}</p>` : html`<ul class="log">!${page.items.map(entry => line(who, entry, names))}</ul>`}
!${page.nextCursor === undefined ? '' : html`<p class="links"><a href="/developers/log?${String(older)}">${words.older}</a></p>`}`,
  })
}

function line(who: Member, entry: StoredJournalEntry, names: EntryNames): string {
  const { request } = who.own.log
  const { reason, requestId } = entry
  return html`<li class="entry"><span>!${entrySentence(who, entry, names)}!${reason ? html` <a href="/docs/errors#${reason}"><code>${reason}</code></a>` : ''}</span>
<small>!${moment(who, entry.at, '')}!${requestId ? html` · ${request} <code>${requestId}</code>` : ''}</small></li>`
}
