import type { AnswerConsent } from '../../core/oauth/authorize/answer-consent.ts'
import type { Params } from '../../http/params.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusals/refusal.ts'

/** The target after sign-in: a pending authorization request, or one of our pages. */
export type ReturnTo = { interaction?: string; next?: string }

const OUR_PAGES = /^\/(?:console|developers|account|docs|device)(?:\/[A-Za-z0-9_-]+)*$/

/** Accepts only sealed requests and paths of our own pages, so that nobody can redirect a person to another server. */
function readReturnTo(params: Params): ReturnTo {
  const interaction = params.one('interaction')
  const next = params.one('next')
  return {
    ...(interaction !== undefined && { interaction }),
    ...(next !== undefined && OUR_PAGES.test(next) && { next }),
  }
}

export function queryOf({ interaction, next }: ReturnTo): string {
  const pairs = Object.entries({ interaction, next }).filter(([, value]) => value !== undefined)
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs as [string, string][])}`
}

/** `here`: the person continues in this browser after starting elsewhere. */
export type SignInVisit = ReturnTo & { anew: boolean; signedOut: boolean; here: boolean }
export const readSignInVisit = ({ query }: WireRequest): SignInVisit => ({
  ...readReturnTo(query),
  anew: query.one('switch') !== undefined,
  signedOut: query.one('signed-out') !== undefined,
  here: query.one('here') !== undefined,
})

export type SignInForm = ReturnTo & { name: string; password: string }
export function readSignIn(request: WireRequest): SignInForm {
  const form = readForm(request)
  // Empty fields count as wrong values.
  return {
    ...readReturnTo(form),
    name: form.one('username') ?? '',
    password: form.one('password') ?? '',
  }
}

export type KeyForm = { interaction: string; key: string }
/** A key is often copied with a space or a line break. */
export function readKey(request: WireRequest): KeyForm {
  const form = readForm(request)
  return { interaction: form.required('interaction'), key: (form.one('api_key') ?? '').trim() }
}

export type CodeForm = ReturnTo & { pending: string; code: string }
export function readCode(request: WireRequest): CodeForm {
  const form = readForm(request)
  const code = (form.one('code') ?? '').replace(/[\s-]/g, '')
  return { ...readReturnTo(form), pending: form.required('pending'), code }
}

export const readReturnToOnly = ({ query }: WireRequest): ReturnTo => readReturnTo(query)

export type AccountForm = ReturnTo & { handle: string; email?: string; password: string }
export function readAccount(request: WireRequest): AccountForm {
  const form = readForm(request)
  const email = form.one('email')
  return {
    ...readReturnTo(form),
    handle: form.one('username') ?? '',
    password: form.one('password') ?? '',
    ...(email !== undefined && { email }),
  }
}

export const readLink = (request: WireRequest): { link: string } => ({ link: request.params['link'] ?? '' })
export const readSetUp = (request: WireRequest): AccountForm & { link: string } => ({
  ...readAccount(request),
  ...readLink(request),
})

export function readResume(request: WireRequest): { interaction: string } {
  return { interaction: request.query.required('interaction') }
}

export type ConsentForm = AnswerConsent & { csrf: string | undefined }
/** Reads no other field, because the sealed request contains all other values. */
export function readConsent(request: WireRequest): ConsentForm {
  const form = readForm(request)
  const decision = form.required('decision')
  if (decision !== 'allow' && decision !== 'deny')
    throw new Refusal('parameter-invalid', 'neither allow nor deny', {
      parameter: 'decision',
      sentence: 'The decision is allow or deny.',
    })
  return { interaction: form.required('interaction'), decision, csrf: form.one('csrf') }
}
