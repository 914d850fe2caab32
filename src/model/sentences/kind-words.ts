import type { CredentialKind } from '../credentials/credential.ts'

/** Kinds of credentials in the middle of a sentence. */
export const KIND_WORDS: Record<CredentialKind, string> = {
  'access-token': 'access token',
  'api-key': 'API key',
  'application-token': 'application token',
  'user-token': 'user token',
  'token-pair': 'user/token pair',
  'refresh-token': 'refresh token',
  'authorization-code': 'authorization code',
  session: 'session',
  'pending-sign-in': 'sign-in under way',
  'consent-denial': 'refused consent',
  'device-code': 'device that waits',
  'device-confirmation': 'device being answered',
  invitation: 'invitation',
  'setup-link': 'set-up link',
  'initial-access-token': 'initial access token',
  'registration-token': 'registration token',
}
