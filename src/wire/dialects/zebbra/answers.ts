import type { BegunSecondFactor } from '../../../core/sign-in/methods/one-time-code.ts'
import { signInName } from '../../../core/users/sign-in-name.ts'
import type { Member } from '../../../core/workspaces/describe-member.ts'
import type { Invitation } from '../../../core/workspaces/invite-member.ts'
import type { User } from '../../../model/users/user.ts'
import type { WorkspaceItem } from '../../../model/users/workspace.ts'
import type { WireAnswer } from '../../dialect.ts'
import { noStore } from '../../oauth/tokens.ts'

/** JSON in FastAPI's format: no charset, which RFC 8259 does not define. */
export const answer = (status: number, body: object, headers: Record<string, string> = {}): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...noStore, ...headers },
  body,
})

/** The six keys of the documentation, in its order. */
export const member = ({ user, workspaces, models }: Member): WireAnswer =>
  answer(200, {
    _id: user.id,
    username: signInName(user),
    first_name: user.firstName ?? null,
    last_name: user.lastName ?? null,
    workspaces: workspaces.map(({ id, name }) => ({ _id: id, name })),
    models: models.map(({ id, name }) => ({ _id: id, name })),
  })

export const plainUser = (user: User): WireAnswer =>
  answer(200, {
    _id: user.id,
    username: signInName(user),
    first_name: user.firstName ?? null,
    last_name: user.lastName ?? null,
    disabled: !user.active,
  })

export const token = (secret: string): WireAnswer => answer(200, { access_token: secret, token_type: 'bearer' })
export const expired = (ended: boolean): WireAnswer => answer(200, { expired: ended })
export const message = (text: string) => (): WireAnswer => answer(200, { message: text })

export const newOtp = ({ url, secret, issuer, label }: BegunSecondFactor): WireAnswer =>
  answer(200, { url, secret, issuer, name: label })
export const validated = ({ code, valid }: { code: string; valid: boolean }): WireAnswer =>
  answer(200, { otp: code, valid })
export const requiresOtp = (required: boolean): WireAnswer =>
  answer(200, { message: required ? 'OTP required' : 'OTP not required' })

/** Python writes a UTC time without time zone, in microseconds. */
export const invitation = ({ code, workspaceId, expiresAt }: Invitation): WireAnswer =>
  answer(200, {
    invite_code: code,
    workspace_id: workspaceId,
    expires: new Date(expiresAt).toISOString().replace('Z', '000'),
  })

export const model = ({ id, name, workspaceId }: WorkspaceItem): WireAnswer =>
  answer(200, { _id: id, name, workspace_id: workspaceId })
