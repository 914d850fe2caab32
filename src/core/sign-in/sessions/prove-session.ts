import { entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { SessionAct } from '../../../model/users/session.ts'
import type { World } from '../../world.ts'
import type { SignInMethod } from '../methods/sign-in-method.ts'

/** Adds a method to the session, with the time of this proof. The time of the sign-in does not change. */
export async function proveSession(needs: Needs, act: SessionAct, by: Pick<SignInMethod, 'amr'>): Promise<void> {
  const { credential } = act.session
  const at = needs.now()
  const { at: signedInAt, methods } = credential.data.authentication
  const authentication = { at: signedInAt, methods: [...new Set([...methods, by.amr])] }
  const thing = { about: 'session', aboutId: credential.id, userId: act.by.user.id }
  const kept = await needs.credentials.prove(
    { ...credential, data: { ...credential.data, authentication, provenAt: at } },
    entry(act, 'changed', thing, { at, detail: { what: 'proven again' } }),
  )
  if (!kept) throw new Refusal('session-missing', `session ${credential.id} has ended meanwhile`)
}

type Needs = Pick<World, 'credentials' | 'now'>
