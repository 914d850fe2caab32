import { html } from 'ghtml'
import type { WireRequest } from '../../http/request.ts'
import type { Refusal, RefusalCode } from '../../model/refusals/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import { factHeaders } from '../oauth/standard-refusals.ts'
import { pageHeaders } from './headers.ts'

const STATUSES: Partial<Record<RefusalCode, number>> = {
  'not-found': 404,
  'method-not-allowed': 405,
  'permission-missing': 403,
  'body-too-large': 413,
  'headers-too-large': 431,
  'request-too-slow': 408,
  'rate-limited': 429,
  overloaded: 503,
  unavailable: 503,
  bug: 500,
}

/** Redirects a visitor without a session to the sign-in page. The target is fixed and contains no text of the visitor. */
export function refuseConsole(refusal: Refusal, request: WireRequest): WireAnswer {
  if (refusal.code === 'session-missing')
    return { status: 303, headers: { location: '/login', 'cache-control': 'no-store' }, body: '' }
  const message =
    refusal.code === 'permission-missing'
      ? 'Your account has no role that sees the console. What has access to your account is on your own page.'
      : `${refusal.text} Request id: ${request.id}`
  const answer = showMessage(STATUSES[refusal.code] ?? 400, 'This page cannot be shown', message)
  return { ...answer, headers: { ...answer.headers, ...factHeaders(refusal) } }
}

export const showMessage = (status: number, title: string, message: string): WireAnswer => ({
  status,
  headers: pageHeaders,
  body: html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title} · Claviger</title>
        <link rel="stylesheet" href="/assets/claviger.css">
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${message}</p>
          <p><a href="/account">Your account</a> · <a href="/login">Sign in as somebody else</a></p>
        </main>
      </body>
    </html>`,
})
