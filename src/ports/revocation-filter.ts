import type { CredentialKind } from '../model/credentials/credential.ts'

/** All live credentials of an owner and of these kinds. `except` is the id of a credential that remains, with its grant. */
export type RevocationFilter = {
  userId?: string
  clientId?: string
  kinds?: readonly CredentialKind[]
  except?: string
}
