import { randomText } from '../../../crypto/credential-format.ts'
import type { Client } from '../../../model/clients/client.ts'
import { LONGEST_FIELD } from '../../../model/field.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { SECOND } from '../../../model/span.ts'
import type { World } from '../../world.ts'
import type { AuthorizeAsk } from './request.ts'

/*
 * A pushed request (RFC 9126) is not stored: its reference contains the sealed request, so pushes use no disk. Its id becomes
 * the id of the interaction, from which the code is derived. The code's row is unique, so a reference is answered once.
 */

/** Section 2.2. A reference with another prefix is a URL of a request (RFC 9101). */
export const REFERENCE = 'urn:ietf:params:oauth:request_uri:'
/** The time until the browser must come. Then the limit of the interaction applies. */
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

/**
 * Opens a reference for the client that pushed it (section 2.2). A wrong reference throws, for an error page, because no other address is
 * known.
 */
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
