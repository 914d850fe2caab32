import { type CredentialKind, KINDS } from '../../model/credentials/credential.ts'
import type { Option } from '../program/command.ts'
import { usage } from '../program/options.ts'

/** What each noun of the command line names: one of them, and several. */
export const THINGS = {
  token: ['an application token', 'application tokens'],
  key: ['an API key', 'API keys'],
  pair: ['a user/token pair', 'user/token pairs'],
  session: ['a browser session', 'browser sessions'],
  credential: ['a credential', 'credentials'],
} as const
export type Word = keyof typeof THINGS

const NAMES = Object.values(KINDS)
  .map(({ shown }) => shown)
  .join(', ')

export const KIND: Option = {
  flags: '--kind <kind>',
  about: `kinds of credentials, separated by commas: ${NAMES}`,
}

/** Accepts the public names of kinds and the internal ones: `api_key` and `api-key`. */
export function readKind(said: string | undefined): CredentialKind[] | undefined {
  return said?.split(',').map(name => {
    const found = (Object.keys(KINDS) as CredentialKind[]).find(kind => kind === name.trim().replaceAll('_', '-'))
    if (!found) throw usage('kind', `must be one or several of ${NAMES}, separated by commas, not "${name}"`)
    return found
  })
}
