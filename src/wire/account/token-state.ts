import { changeCredential } from '../../core/credentials/change-credential.ts'
import type { World } from '../../core/world.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import type { WireAnswer } from '../dialect.ts'
import { backTo, type Member } from './member.ts'

/* Disables or enables one of the user's own tokens. */

export function readTokenState(request: WireRequest) {
  const form = readForm(request)
  return { credentialId: form.required('id'), active: form.required('state') === 'enabled' }
}

export async function setTokenState(
  world: World,
  who: Member,
  ask: ReturnType<typeof readTokenState>,
): Promise<{ active: boolean }> {
  await changeCredential(world, who, ask)
  return ask
}

export const tokenStateSet = ({ active }: { active: boolean }, _request: unknown, who: Member): WireAnswer =>
  backTo(who, 'tokens', active ? 'enabled' : 'disabled')
