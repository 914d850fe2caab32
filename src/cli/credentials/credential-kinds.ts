import { type CredentialKind, KINDS } from '../../model/credentials/credential.ts'
import type { Option } from '../program/command.ts'
import { usage } from '../program/options.ts'

export const KIND: Option = {
  flags: '--kind <kind>',
  about: `one or several, with commas: ${Object.values(KINDS)
    .map(({ shown }) => shown)
    .join(', ')}`,
}

/** Accepts the public names of kinds and the internal ones: `api_key` and `api-key`. */
export function readKind(said: string | undefined): CredentialKind[] | undefined {
  return said?.split(',').map(name => {
    const found = (Object.keys(KINDS) as CredentialKind[]).find(kind => kind === name.trim().replaceAll('_', '-'))
    if (!found) throw usage('kind', `must be ${KIND.about}, not "${name}"`)
    return found
  })
}
