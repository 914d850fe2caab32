import type { AuthenticateUser } from '../../../core/sign-in/authenticate-user.ts'
import type { ShownInAuthenticator } from '../../../core/sign-in/methods/one-time-code.ts'
import { signInName } from '../../../core/users/sign-in-name.ts'
import type { AddItem } from '../../../core/workspaces/add-item.ts'
import type { RegisterMember } from '../../../core/workspaces/register-member.ts'
import type { TokenHolder, UpdateMember } from '../../../core/workspaces/update-member.ts'
import { parseJson } from '../../../http/json.ts'
import { Params } from '../../../http/params.ts'
import { header, readParams, type WireRequest } from '../../../http/request.ts'
import { type Fault, Refusal } from '../../../model/refusals/refusal.ts'
import type { Act } from '../../../model/users/actor.ts'

/** A JSON object. A body without Content-Type counts as JSON, because the documentation's example sends none. */
export function registration(request: WireRequest): RegisterMember {
  const value = jsonOf(request)
  if (value === undefined) throw faulty([{ place: 'body', problem: 'missing' }])
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw faulty([{ place: 'body', problem: 'not-an-object' }])
  const text = textReader(value as Record<string, unknown>)
  const [name, firstName, lastName, password] = [
    text('username', 'required'),
    text('first_name', 'required'),
    text('last_name', 'required'),
    text('password', 'required'),
  ]
  const invitation = text('invite_code', 'optional')
  const workspaceName = text('new_workspace_name', 'optional')
  if (text.faults.length > 0) throw faulty(text.faults)
  const ask: RegisterMember = { name, firstName, lastName, password } as RegisterMember
  if (invitation !== undefined) ask.invitation = invitation
  if (workspaceName !== undefined) ask.workspaceName = workspaceName
  return ask
}

function jsonOf({ body }: WireRequest): unknown {
  if (body.type === 'broken') throw body.refusal
  if (body.type === 'json') return body.value
  if (body.type === 'unread' && body.mediaType === '') return parseJson(body.text)
  return body.type === 'none' ? undefined : body.type
}

/** Reads fields like pydantic's `str`, and collects all faults before it refuses. */
function textReader(fields: Record<string, unknown>) {
  const faults: Fault[] = []
  const read = (parameter: string, need: 'required' | 'optional'): string | undefined => {
    const value = Object.hasOwn(fields, parameter) ? fields[parameter] : undefined
    const found = (problem: Fault['problem']) => void faults.push({ place: 'body', parameter, problem })
    if (value === undefined) return need === 'required' ? found('missing') : undefined
    if (value === null) return need === 'required' ? found('null') : undefined
    if (typeof value === 'object') return found('not-a-text')
    const text = typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)
    return text.includes('\0') || !text.isWellFormed() ? found('not-a-text') : text
  }
  return Object.assign(read, { faults })
}

/** The form of an OAuth 2 password grant with most fields optional. A body of another type counts as an empty form. */
export function signIn(request: WireRequest): AuthenticateUser {
  const form = formOf(request)
  const [name, password, grant, code] = ['username', 'password', 'grant_type', 'otp'].map(field => form.one(field))
  const faults: Fault[] = []
  // The original's pattern is anchored only at its start.
  if (grant !== undefined && !grant.startsWith('password'))
    faults.push({ place: 'body', parameter: 'grant_type', problem: 'not-allowed' })
  if (name === undefined) faults.push({ place: 'body', parameter: 'username', problem: 'missing' })
  if (password === undefined) faults.push({ place: 'body', parameter: 'password', problem: 'missing' })
  if (name === undefined || password === undefined || faults.length > 0) throw faulty(faults)
  const ask: AuthenticateUser = { name, password }
  if (code !== undefined) ask.oneTimeCode = code
  return ask
}

function formOf(request: WireRequest): Params {
  const { type } = request.body
  return type === 'json' || type === 'unread' ? new Params({}) : readParams(request, 'form', 'multipart')
}

export const shownToken = (_request: WireRequest, { presented }: { presented: string }) => ({ presented })

/** Reads the changes from the query, as the original does, or from a form, which appears in no access log. */
export function changes(request: WireRequest): UpdateMember {
  const form = formOf(request)
  const [email, firstName, lastName, password] = ['username', 'first_name', 'last_name', 'password'].map(
    field => request.query.one(field) ?? form.one(field),
  )
  if (email !== undefined && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email))
    throw faulty([{ place: 'query', parameter: 'username', problem: 'not-an-email' }])
  const ask: UpdateMember = {}
  if (email !== undefined) ask.email = email
  if (firstName !== undefined) ask.firstName = firstName
  if (lastName !== undefined) ask.lastName = lastName
  if (password !== undefined) ask.password = password
  return ask
}

export const newOtp = (_request: WireRequest, { by: { user } }: Act<TokenHolder>): ShownInAuthenticator => ({
  issuer: 'Zebbra',
  label: signInName(user),
})
export const otp = (request: WireRequest): { code: string } => ({
  code: inQuery(request, 'otp').otp,
})
export const nameInQuestion = (request: WireRequest): { name: string } => ({
  name: inQuery(request, 'username').username,
})
export const workspace = (request: WireRequest): { workspaceId: string } => ({
  workspaceId: inQuery(request, 'workspace_id').workspace_id,
})
export function model(request: WireRequest): AddItem {
  const { name, workspace_id } = inQuery(request, 'name', 'workspace_id')
  return { name, workspaceId: workspace_id }
}

/** Reads required parameters of the query. The refusal names all missing ones. */
function inQuery<const Name extends string>(request: WireRequest, ...names: Name[]): Record<Name, string> {
  const values = names.map(name => [name, request.query.one(name)] as const)
  const missing = values.filter(([, value]) => value === undefined)
  if (missing.length > 0)
    throw faulty(missing.map(([parameter]): Fault => ({ place: 'query', parameter, problem: 'missing' })))
  return Object.fromEntries(values) as Record<Name, string>
}

/** True if the request does not accept HTML. Browsers that open an address do; clients of this dialect do not. */
export const isNoBrowser = (request: WireRequest): boolean => !header(request, 'accept')?.includes('text/html')

/**
 * True if the request is not the form of a page at the same address. Such a form comes with a cookie; clients of this dialect send
 * JSON or nothing, and no cookie.
 */
export async function isNoPageForm(request: WireRequest): Promise<boolean> {
  if (header(request, 'authorization') !== undefined) return true
  const body = await request.load()
  if (body.type !== 'form') return true
  return isNoBrowser(request) && header(request, 'cookie') === undefined && !('csrf' in body.fields)
}

const faulty = (faults: Fault[]): Refusal =>
  new Refusal('parameter-invalid', faults.map(({ parameter, problem }) => `${parameter ?? 'body'} ${problem}`).join(), {
    faults,
  })
