import { readsDocumentsOf } from '../../../model/client-document.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { World } from '../../world.ts'

const LONGEST = 500

/**
 * What may be a client id: an https address with a path, in the one spelling that it has, so that two ids never name one
 * document (draft-ietf-oauth-client-id-metadata-document section 3). Then whether the operator takes clients of that host.
 */
export function checkDocumentAddress(
  { clientDocuments }: Pick<World['rules'], 'clientDocuments'>,
  clientId: string,
): void {
  const wrong = faultOf(clientId)
  if (wrong !== undefined)
    throw new Refusal('client-document-unfit', `${clientId.slice(0, 200)}: ${wrong}`, {
      parameter: 'client_id',
      sentence: `A client_id that is an address ${wrong}.`,
    })
  const { host } = new URL(clientId)
  if (!readsDocumentsOf(clientDocuments, host))
    throw new Refusal('client-document-not-allowed', `documents of ${host} are not read here`, {
      parameter: 'client_id',
    })
}

/** Dot segments, an upper-case host and a default port do not survive parsing, so they show as another spelling. */
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
