import { html } from 'ghtml'
import { findOwnClient } from '../../core/clients/find-own-client.ts'
import { listOwnClients } from '../../core/clients/list-own-clients.ts'
import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import type { Client } from '../../model/client.ts'
import type { StoredJournalEntry } from '../../model/journal.ts'
import { REFUSALS } from '../../model/refusal.ts'
import type { Page } from '../../ports/paging.ts'
import type { WireAnswer } from '../dialect.ts'
import { moment } from '../ui/moment.ts'
import { shownName } from '../ui/shown-name.ts'
import { type Member, portalPage } from './member.ts'

/* One's own requests and those of one's applications, with the reason of every refusal. */

type Log = { page: Page<StoredJournalEntry>; apps: Client[]; app?: string }

export const readLog = ({ query }: WireRequest) => ({ app: query.one('app'), cursor: query.one('cursor') })

export async function visitLog(world: World, who: Member, { app, cursor }: ReturnType<typeof readLog>): Promise<Log> {
  const { items: apps } = await listOwnClients(world, who, { limit: 100 })
  const of =
    app === undefined
      ? { userId: who.session.user.id, event: 'refused' as const }
      : { clientId: (await findOwnClient(world, who, { id: app })).id }
  const page = await world.journal.list(of, cursor === undefined ? { limit: 50 } : { limit: 50, cursor })
  return { page, apps, ...(app !== undefined && { app }) }
}

export function showLog({ page, apps, app }: Log, _request: unknown, who: Member): WireAnswer {
  const words = who.own.log
  const option = (value: string, label: string) =>
    html`<option value="${value}" !${value === (app ?? '') ? 'selected' : ''}>${label}</option>`
  const older = new URLSearchParams({ ...(app !== undefined && { app }), cursor: page.nextCursor ?? '' })
  return portalPage(who, {
    section: 'log',
    body: html`<p class="lead">${words.lead}</p>
<form class="slim row" method="get" action="/developers/log"><label for="app">${words.ofApp}</label><select id="app" name="app">!${option('', words.mine)}!${apps.map(one => option(one.id, shownName(one.name)))}</select><button class="plain" type="submit">${words.show}</button></form>
!${page.items.length === 0 ? html`<p class="empty">${words.empty}</p>` : html`<ul class="log">!${page.items.map(entry => line(who, entry))}</ul>`}
!${page.nextCursor === undefined ? '' : html`<p class="links"><a href="/developers/log?${String(older)}">${words.older}</a></p>`}`,
  })
}

function line(who: Member, entry: StoredJournalEntry): string {
  const words = who.own.log
  const { reason } = entry
  const why =
    reason === undefined
      ? ''
      : ((words.why as Record<string, string>)[reason] ?? (REFUSALS as Record<string, string>)[reason] ?? '')
  return html`<li class="entry"><span><strong>${words.what[entry.event] ?? entry.event}</strong>!${reason ? html` <a href="/developers/errors#${reason}"><code>${reason}</code></a> ${why}` : ''}</span>
<small>!${moment(who, entry.at, '')}!${entry.requestId ? html` · ${words.request} <code>${entry.requestId}</code>` : ''}</small></li>`
}
