import { OPERATIONS } from 'virtual:operations'
import type { z } from 'zod'
import type { Answer, Body, OperationId, problem, Query } from '../../../src/wire/admin/contract.ts'
import { language } from '../language/language.ts'
import { t } from '../language/t.ts'
import { addressOf } from '../show/command/curl.ts'
import { BASE } from './base.ts'
import { proofGiven } from './proof.ts'

/* Sends operations of the management API with the visitor's session. All requests of the console use this module. */

export type Ask<Id extends OperationId> = {
  params?: Record<string, string>
  query?: Query<Id>
  body?: Body<Id>
  signal?: AbortSignal
}

/** A failed request, in the server's words; `status` 0 if the server could not be reached. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly parameter: string | undefined
  constructor(status: number, told: Partial<z.infer<typeof problem>>) {
    super(told.detail ?? told.title ?? t('The server answered in a way this page does not understand.'))
    this.name = 'Problem'
    this.status = status
    this.code = told.code ?? 'unreachable'
    this.requestId = told.request_id
    this.parameter = told.parameter
  }
}

/** The CSRF token, which proves that a writing request comes from this page. Kept only in memory. */
let csrf = ''
export const rememberCsrf = (token: string): void => {
  csrf = token
}

/** Performs an operation. If the server requires a proof, asks the person for it and sends the request again. */
export async function ask<Id extends OperationId>(id: Id, what: Ask<Id> = {}): Promise<Answer<Id>> {
  try {
    return await send(id, what)
  } catch (error) {
    if (error instanceof Problem && error.code === 'login-required' && (await proofGiven())) return send(id, what)
    throw error
  }
}

async function send<Id extends OperationId>(id: Id, what: Ask<Id>): Promise<Answer<Id>> {
  const { method, path } = addressOf(OPERATIONS[id].on, what)
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language }
  if (method !== 'GET') headers['x-claviger-csrf'] = csrf
  if (what.body !== undefined) headers['content-type'] = 'application/json'
  const answer = await fetch(BASE + path, {
    method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    ...(what.body !== undefined && { body: JSON.stringify(what.body) }),
    ...(what.signal && { signal: what.signal }),
  }).catch((error: unknown) => {
    if ((error as Error).name === 'AbortError') throw error
    throw new Problem(0, { detail: t('The server cannot be reached. Check the connection. What you entered is kept.') })
  })
  const body = await answer.json().catch(() => ({}))
  if (answer.ok) return body as Answer<Id>
  // Without a session at the first load, redirects to the sign-in. Later the page stays, so that typed text is not lost.
  if (answer.status === 401 && csrf === '') window.location.assign(`${BASE}/login`)
  throw new Problem(answer.status, body)
}
