import { signInForPair } from '../../../core/credentials/issue/sign-in-for-pair.ts'
import { anonymous } from '../../callers/anyone.ts'
import { type Dialect, route } from '../../dialect.ts'
import { showChecked, showPair } from './answers.ts'
import { readSignIn } from './asks.ts'
import { pairInPath } from './callers.ts'
import { REFUSALS, refuseTokenapi } from './refusals.ts'

/** django-tokenapi and its fork django-tokenapi2: a token of 24 characters that is used together with the user's number. */
export const tokenapi: Dialect = {
  name: 'tokenapi',
  switchedBy: 'tokenapi',
  prefixes: ['/token/'],
  refuse: refuseTokenapi,
  answers: { by: 'django-tokenapi', of: code => ({ status: REFUSALS[code].status }) },
  routes: [
    route({
      on: ['POST', '/token/new.json'],
      body: 'read',
      multipart: 'read',
      caller: anonymous,
      decode: readSignIn,
      decide: signInForPair,
      encode: showPair,
    }),
    route({
      on: {
        methods: ['GET', 'POST'],
        path: ['token', { name: 'token', length: 24 }, { name: 'user', only: 'digits', end: '.json' }],
      },
      caller: pairInPath,
      decode: () => undefined,
      decide: () => undefined,
      encode: showChecked,
    }),
  ],
}
