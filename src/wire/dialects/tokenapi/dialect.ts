import { signInForPair } from '../../../core/credentials/issue-token-pair.ts'
import { type Dialect, route } from '../../dialect.ts'
import { nobody } from '../../oauth/callers.ts'
import { showChecked, showPair } from './answers.ts'
import { readSignIn } from './asks.ts'
import { pairInPath } from './callers.ts'
import { refuseTokenapi } from './refusals.ts'

/** django-tokenapi and its fork django-tokenapi2: a token of 24 characters that is used together with the user's number. */
export const tokenapi: Dialect = {
  name: 'tokenapi',
  switchedBy: 'tokenapi',
  prefixes: ['/token/'],
  refuse: refuseTokenapi,
  routes: [
    route({
      at: 'POST /token/new.json',
      caller: nobody,
      decode: readSignIn,
      decide: signInForPair,
      encode: showPair,
    }),
    route({
      at: 'GET,POST /token/:token(^[^/]{24}$)/:user(^\\d+).json',
      caller: pairInPath,
      decode: () => undefined,
      decide: () => undefined,
      encode: showChecked,
    }),
  ],
}
