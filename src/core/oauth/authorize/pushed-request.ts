import { randomText } from '../../../crypto/credential-format.ts'
import type { Client } from '../../../model/client.ts'
import { LONGEST_FIELD } from '../../../model/field.ts'
import { Refusal } from '../../../model/refusal.ts'
import { SECOND } from '../../../model/span.ts'
import type { World } from '../../world.ts'
import type { AuthorizeAsk } from './request.ts'

/*
 * A pushed request (RFC 9126) is stored nowhere: its reference is the request itself, sealed. So pushes cost no disk, however
 * many there are. Its id becomes the id of the interaction that it starts, and with it of the code that answers: the row of
 * that code decides that one reference is answered once.
 */

/** Section 2.2; a reference with another beginning names a request somewhere else (RFC 9101). */
export const REFERENCE = 'urn:ietf:params:oauth:request_uri:'
/** Until the browser comes; from then on the interaction counts. */
export const PUSHED_SECONDS = 90

const PURPOSE = 'pushed request'
const ID_LENGTH = 22
type Content = { ask: AuthorizeAsk; at: number }

export function sealPushed(needs: Needs, ask: AuthorizeAsk): string {
  const id = randomText(ID_LENGTH)
  const content: Content = { ask, at: needs.now() }
  const reference = `${REFERENCE}${id}.${needs.vault.sealFor(id, PURPOSE, JSON.stringify(content))}`
  if (reference.length > LONGEST_FIELD)
    throw new Refusal('parameter-invalid', `a request of ${reference.length} characters`, {
      parameter: 'state',
      sentence: 'The request is too long. Send a shorter state.',
    })
  return reference
}

/** Bound to the client that pushed it (section 2.2). A reference that does not fit ends on a page of ours: nothing says where else to go. */
export function openPushed(needs: Needs, client: Client, reference: string): { id: string; ask: AuthorizeAsk } {
  const sealed = reference.slice(REFERENCE.length)
  const id = sealed.slice(0, ID_LENGTH)
  const text = sealed[ID_LENGTH] === '.' ? needs.vault.openFor(id, PURPOSE, sealed.slice(ID_LENGTH + 1)) : undefined
  const content = text === undefined ? undefined : (JSON.parse(text) as Content)
  const unknown = (why: string) =>
    new Refusal('pushed-request-unknown', why, { parameter: 'request_uri' }).concerning({ clientId: client.id })
  if (!content) throw unknown('no request that was pushed here')
  if (content.ask.clientId !== client.id) throw unknown(`pushed by ${content.ask.clientId}, named by ${client.id}`)
  if (needs.now() - content.at >= PUSHED_SECONDS * SECOND) throw unknown(`pushed request ${id} has expired`)
  return { id, ask: content.ask }
}

type Needs = Pick<World, 'vault' | 'now'>
