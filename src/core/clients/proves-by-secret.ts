import { type ClientMetadata, hasKeys } from '../../model/clients/client-metadata.ts'

/** True if the client gets a secret: it registered a method with a secret, or has no keys. Others can get one later. */
export const provesBySecret = (metadata: ClientMetadata): boolean =>
  metadata.tokenEndpointAuthMethod?.startsWith('client_secret_') ?? !hasKeys({ metadata })
