import { userinfo } from '../../core/openid/userinfo.ts'
import { ACR_VALUES } from '../../model/clients/openid.ts'
import { ID_TOKEN_ALGORITHM, SIGNING_ALGORITHMS } from '../../model/credentials/signing-algorithm.ts'
import { CLAIM_NAMES } from '../../model/users/standard-claims.ts'
import { type Dialect, route } from '../dialect.ts'
import { showUserInfo } from './answers.ts'
import { personToken } from './callers.ts'
import { logout } from './logout.ts'
import { refuseOpenid } from './refusals.ts'

/** The algorithms in order of preference. A client that names none gets the first one. */
const ALGORITHMS = [...new Set([ID_TOKEN_ALGORITHM, ...SIGNING_ALGORITHMS])]

/** OpenID Connect Core 1.0, if it is switched on. Authorization and tokens are in the dialect `oauth`. */
export const openid: Dialect = {
  name: 'openid',
  switchedBy: 'openid',
  prefixes: ['/oauth2/userinfo', '/oauth2/logout'],
  refuse: refuseOpenid,
  routes: [
    route({
      on: ['GET', 'POST', '/oauth2/userinfo'],
      caller: personToken,
      decode: () => undefined,
      decide: userinfo,
      encode: showUserInfo,
      metadata: {
        address: 'userinfo_endpoint',
        supports: {
          subject_types_supported: ['public', 'pairwise'],
          id_token_signing_alg_values_supported: ALGORITHMS,
          userinfo_signing_alg_values_supported: ALGORITHMS,
          acr_values_supported: ACR_VALUES,
          claim_types_supported: ['normal'],
          claims_supported: [
            'sub',
            'iss',
            'aud',
            'exp',
            'iat',
            'auth_time',
            'nonce',
            'acr',
            'amr',
            'at_hash',
            'sid',
            ...CLAIM_NAMES,
          ],
          claims_parameter_supported: true,
        },
      },
      cors: 'any-origin',
    }),
    logout,
  ],
}
