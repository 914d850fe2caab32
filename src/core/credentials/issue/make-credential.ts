import { hintOf, mintFor } from '../../../crypto/credential-format.ts'
import type { Credential, CredentialKind, DataOf } from '../../../model/credentials/credential.ts'
import type { World } from '../../world.ts'

/** A new secret and its record. The secret is returned once and never stored. */
export type NewCredential<K extends CredentialKind = CredentialKind> = { secret: string; credential: Credential<K> }

export type CredentialFields<K extends CredentialKind> = Partial<
  Omit<Credential, 'id' | 'fingerprint' | 'kind' | 'hint' | 'data'>
> & {
  /** A secret in the form that older clients expect; by default one in our own format. */
  secret?: string
  /** The text to fingerprint if it differs from the secret: for a JWT, or a token with a user number. */
  lookedUpBy?: string
} & (MayBeBare<K> extends true ? { data?: DataOf[K] } : { data: DataOf[K] })

/** `true` if no kind in K has required data. */
type MayBeBare<K extends CredentialKind> = false extends {
  [P in K]: Record<never, never> extends DataOf[P] ? true : false
}[K]
  ? false
  : true

export function makeCredential<K extends CredentialKind>(
  needs: MakeNeeds,
  kind: K,
  ...[making]: MayBeBare<K> extends true ? [making?: CredentialFields<K>] : [making: CredentialFields<K>]
): NewCredential<K> {
  const { secret = mintFor(kind), lookedUpBy = secret, ...fields } = making ?? ({} as CredentialFields<K>)
  const fingerprint = needs.vault.fingerprint(lookedUpBy)
  const credential = {
    audience: [],
    createdAt: needs.now(),
    data: {},
    ...fields,
    id: fingerprint.slice(0, 24),
    fingerprint,
    kind,
    hint: hintOf(secret),
  } as Credential<K>
  return { secret, credential }
}

type MakeNeeds = Pick<World, 'now'> & { vault: Pick<World['vault'], 'fingerprint'> }
