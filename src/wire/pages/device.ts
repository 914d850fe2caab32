import { enterUserCode } from '../../core/oauth/device/enter-user-code.ts'
import type { World } from '../../core/world.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import { checkForm } from '../ui/browser.ts'
import { formErrorAmong } from '../ui/form-errors.ts'
import type { PageRequest } from '../ui/page-request.ts'

/* The page for the code that a device shows (RFC 8628 section 3.3). */

export type DevicePage = { show: 'form'; userCode: string; problem?: Refusal } | { show: 'nothing'; location: string }

export type UserCodeForm = { userCode: string; csrf?: string | undefined }

/** `/device?user_code=`, as in `verification_uri_complete`, or `/device/CODE`, as after a sign-in. The code only fills the form. */
export const readDeviceVisit = ({ query, params }: WireRequest): UserCodeForm => ({
  userCode: (query.one('user_code') ?? params['code'] ?? '').slice(0, 40),
})

export function readUserCodeForm(request: WireRequest): UserCodeForm {
  const form = readForm(request)
  return { userCode: (form.one('user_code') ?? '').slice(0, 200), csrf: form.one('csrf') }
}

export const visitDevice = (_world: World, who: PageRequest, { userCode }: UserCodeForm): DevicePage =>
  who.session ? { show: 'form', userCode } : signInFirst(userCode)

export async function decideUserCode(world: World, who: PageRequest, ask: UserCodeForm): Promise<DevicePage> {
  const { session, by } = who
  if (!session || by.is !== 'user') return signInFirst(ask.userCode)
  checkForm(world, who, ask.csrf, session)
  try {
    const { sealed } = await enterUserCode(world, { ...who, by, session }, ask)
    return { show: 'nothing', location: `/consent?interaction=${sealed}` }
  } catch (error) {
    return { show: 'form', userCode: ask.userCode, problem: formError(error) }
  }
}

const formError = formErrorAmong('user-code-unknown', 'user-code-elsewhere', 'client-unknown', 'client-disabled')

/** After the sign-in, the person returns to this page with the code in the form. */
function signInFirst(userCode: string): DevicePage {
  const code = userCode.replace(/[^A-Za-z0-9-]/g, '')
  return { show: 'nothing', location: `/login?next=/device${code && `/${code}`}` }
}
