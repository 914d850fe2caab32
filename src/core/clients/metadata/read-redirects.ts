import { checkRedirectUri, LONGEST_URI } from '../redirect-uri.ts'
import type { ReadValue } from './read-values.ts'
import { asUnfit, redirectUnfit, unfit } from './unfit-metadata.ts'

/* Redirect URIs of self-registered clients (RFC 8252 section 7; OpenID Connect registration section 2). */

const MOST = 20
const STRICT = { outOfBand: 'refused', httpRedirects: 'loopback' } as const
/** The only loopback hosts that are accepted. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

type ApplicationType = 'web' | 'native'

/**
 * Returns the distinct addresses and the application type. The type is absent if the client names none and an address is not for
 * native applications.
 */
export function readRedirects(
  value: unknown,
  named: ApplicationType | undefined,
): { redirectUris: string[]; applicationType?: ApplicationType } {
  if (value === undefined) return { redirectUris: [], ...(named && { applicationType: named }) }
  if (!Array.isArray(value) || value.length > MOST || !value.every(one => typeof one === 'string'))
    throw redirectUnfit(`redirect_uris must be a list of at most ${MOST} texts.`)
  const redirectUris = [...new Set<string>(value)]
  for (const uri of redirectUris) checkAddress(uri, named)
  const native = redirectUris.length > 0 && redirectUris.every(uri => placeOf(uri) !== 'web')
  const applicationType = named ?? (native ? 'native' : undefined)
  return { redirectUris, ...(applicationType && { applicationType }) }
}

function checkAddress(uri: string, named: ApplicationType | undefined): void {
  try {
    checkRedirectUri(uri, STRICT)
  } catch (error) {
    throw asUnfit(error)
  }
  const { protocol, hostname } = new URL(uri)
  if (protocol === 'http:' && !LOOPBACK.includes(hostname))
    throw redirectUnfit(`The redirect address must use https; http is for ${LOOPBACK.join(', ')} only.`)
  if (named === 'web' && placeOf(uri) === 'own-scheme')
    throw redirectUnfit('The redirect address of an application of the type web must use https. Register it as native.')
}

const placeOf = (uri: string): 'web' | 'loopback' | 'own-scheme' => {
  const { protocol } = new URL(uri)
  return protocol === 'https:' ? 'web' : protocol === 'http:' ? 'loopback' : 'own-scheme'
}

/** The address after signing out. Compared as text, so it has the rules of redirect URIs. */
export const afterSignOut: ReadValue<string> = (value, field) => {
  if (typeof value !== 'string') throw unfit(field, `${field} must hold texts of at most ${LONGEST_URI} characters.`)
  try {
    checkAddress(value, undefined)
  } catch (error) {
    throw error instanceof Error
      ? unfit(field, error.message.replace('redirect address', `address in ${field}`))
      : error
  }
  return value
}
