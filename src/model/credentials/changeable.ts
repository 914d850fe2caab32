import type { CredentialKind } from './credential.ts'

/** The properties of a live credential that can be changed. */
export type ChangeableField = 'name' | 'note' | 'scopes' | 'networks' | 'expiresAt' | 'active' | 'metadata'

const OF_A_KEY: readonly ChangeableField[] = ['name', 'note', 'scopes', 'networks', 'expiresAt', 'active', 'metadata']

/** The changeable properties of each kind; or, if no property can be changed, a sentence with the reason and the alternative. */
export const CHANGEABLE: Record<CredentialKind, readonly ChangeableField[] | string> = {
  'api-key': OF_A_KEY,
  'application-token': OF_A_KEY,
  // Clients of token pairs know no scopes; a pair has all rights of its user.
  'token-pair': ['name', 'note', 'expiresAt', 'active', 'metadata'],
  'access-token':
    'An access token cannot be changed: it ends by itself, soon. Revoke it, or change its application or what the user allowed.',
  'user-token': 'A user token cannot be changed: it ends by itself, soon. Revoke it, or change its user.',
  'refresh-token': 'A refresh token cannot be changed: it follows what the user allowed. Revoke it.',
  'authorization-code': 'An authorization code cannot be changed: it is good for one use within a minute or so.',
  session: 'A session cannot be changed. End it; its user signs in again.',
  'pending-sign-in': 'A sign-in that is under way cannot be changed.',
  'consent-denial': 'This is a note that a consent was refused, and cannot be changed.',
  'device-code': 'A device that waits for its answer cannot be changed. Start again on the device.',
  'device-confirmation': 'This is a note of where a code of a device was entered, and cannot be changed.',
  invitation: 'An invitation cannot be changed. Revoke it and make another one.',
  'initial-access-token':
    'An initial access token cannot be changed. Revoke it and make another one: claviger registration-token.',
  'registration-token':
    'A registration token cannot be changed: it belongs to one application. Delete that one, or disable it.',
  'setup-link': 'A set-up link cannot be changed. Make another one: claviger setup-link.',
}
