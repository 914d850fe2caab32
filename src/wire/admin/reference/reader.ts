import type { User } from '../../../model/users/user.ts'
import type { Caller } from '../../dialect.ts'
import { frameOf } from '../../ui/browser.ts'
import type { Frame } from '../../ui/page-request.ts'
import { sessionOf } from '../../ui/session.ts'

/** The reader of the reference. Everybody may read it; the header shows the name of a signed-in person. */
export type Reader = Frame & { user: User | undefined }

export const reader: Caller<Reader> = {
  name: 'reader',
  async prove(world, request) {
    const session = await sessionOf(world, request)
    return { who: { ...frameOf(world, request), user: session?.user }, concerns: {} }
  },
}
