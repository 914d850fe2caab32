import { readsDocumentsOf } from '../../../model/clients/client-document.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { World } from '../../world.ts'

const LONGEST = 500

/**
 * Checks that a client id can be the address of a document: https, with a path, in normal form, so that two ids never
 * name the same document (draft-ietf-oauth-client-id-metadata-document section 3). Then checks that the operator allows
 * documents of its host.
 */
export function checkDocumentAddress(
  { clientDocuments }: Pick<World['rules'], 'clientDocuments'>,
  clientId: string,
): void {
  const wrong = faultOf(clientId)
  if (wrong !== undefined)
    throw new Refusal('client-document-unfit', `${clientId.slice(0, 200)}: ${wrong}`, {
      parameter: 'client_id',
      document: clientId,
      sentence: `A client_id that is an address ${wrong}.`,
    })
  const { host } = new URL(clientId)
  if (!readsDocumentsOf(clientDocuments, host))
    throw new Refusal('client-document-not-allowed', `documents of ${host} are not read here`, {
      parameter: 'client_id',
      document: clientId,
    })
}

/**
 * Says what is wrong with the address. Parsing changes dot segments, an upper-case host and a default port, so such an
 * address differs from its parsed form.
 */
function faultOf(clientId: string): string | undefined {
  if (clientId.length > LONGEST) return `has at most ${LONGEST} characters`
  if (!URL.canParse(clientId)) return 'must be a whole address'
  const { protocol, pathname, username, password, hostname, href } = new URL(clientId)
  if (protocol !== 'https:') return 'must begin with https'
  if (username !== '' || password !== '') return 'has no user name in it'
  if (clientId.includes('#')) return 'has no fragment'
  if (pathname === '/') return 'needs a path'
  if (hostname.endsWith('.')) return 'names its host without a dot at the end'
  return href === clientId ? undefined : 'must be spelled as browsers send it'
}
