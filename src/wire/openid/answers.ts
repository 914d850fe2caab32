import type { UserInfo } from '../../core/openid/userinfo.ts'
import type { WireAnswer } from '../dialect.ts'
import { noStore } from '../oauth/tokens.ts'

/** OpenID Connect Core section 5.3.2. */
export const showUserInfo = (info: UserInfo): WireAnswer =>
  info.is === 'plain'
    ? { status: 200, headers: noStore, body: info.claims }
    : { status: 200, headers: { ...noStore, 'content-type': 'application/jwt' }, body: info.jwt }
