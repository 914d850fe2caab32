import { html } from 'ghtml'
import { listOwnClients } from '../../core/clients/own/list-own-clients.ts'
import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import { isOutOfBand } from '../../model/clients/client.ts'
import type { WireAnswer } from '../dialect.ts'
import { type Member, portalPage } from './member.ts'
import { QUICK_STARTS, type QuickStart, sampleBlocks, samplesOf, type Values } from './samples.ts'
import { table } from './table.ts'

/* The start page: choosing a kind of credential and the application, and a sample to paste. */

type Start = { kind: QuickStart; values: Values; ownApp: boolean }

export const readKind = ({ query }: WireRequest): QuickStart =>
  QUICK_STARTS.find(kind => kind === query.one('kind')) ?? 'client-credentials'

export async function visitStart(world: World, who: Member, kind: QuickStart): Promise<Start> {
  const { items } = await listOwnClients(world, who, { limit: 20 })
  const app = items.find(
    ({ redirectUris }) => kind !== 'authorization-code' || redirectUris.some(uri => !isOutOfBand(uri)),
  )
  const redirectUri = app?.redirectUris.find(uri => !isOutOfBand(uri)) ?? 'https://your-app.example/callback'
  return {
    kind,
    ownApp: app !== undefined,
    values: { issuer: world.rules.issuer, clientId: app?.id ?? 'YOUR_CLIENT_ID', redirectUri },
  }
}

export function showStart({ kind, values, ownApp }: Start, _request: unknown, who: Member): WireAnswer {
  const words = who.own.start
  const needsApp = (kind === 'client-credentials' || kind === 'authorization-code') && !ownApp
  return portalPage(who, {
    section: 'start',
    self: `/developers?kind=${kind}`,
    body: html`<p class="lead">${words.lead}</p>
<h2>${words.which}</h2>
!${table(
      [words.where, words.use, words.because],
      words.rows.map(({ where, use, because, to }) => ({
        cells: [html`${where}`, html`<a href="/developers?kind=${to}#quick">${use}</a>`, html`${because}`],
      })),
    )}
<h2>${words.addresses}</h2>
<dl><dt>${words.base}</dt><dd><code>${values.issuer}</code></dd>
<dt>${words.discovery}</dt><dd><code>${values.issuer}/.well-known/oauth-authorization-server</code></dd></dl>
<h2 id="quick">${words.quick}: ${words.kinds[kind]}</h2>
<p class="row">!${QUICK_STARTS.map(one => html`<a href="/developers?kind=${one}#quick" !${one === kind ? 'aria-current="true"' : ''}>${words.kinds[one]}</a>`)}</p>
!${needsApp ? html`<p class="hint">${words.noApp} <a href="/developers/apps">${who.own.apps.register}</a></p>` : ''}
!${sampleBlocks(who, samplesOf(kind, values))}`,
  })
}
