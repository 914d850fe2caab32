import { randomText } from '../../../crypto/credential-format.ts'
import { LONGEST_FIELD } from '../../../model/field.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { HOUR } from '../../../model/span.ts'
import type { Browser } from '../../../model/users/session.ts'
import type { World } from '../../world.ts'
import { rulesOf } from '../ways/ways.ts'
import type { AuthorizationRequest } from './request.ts'

/**
 * An authorization request that waits for a person. The request is sealed instead of stored; pages and forms contain it.
 * It expires after an hour and is valid only in the browser that started it. The code is derived from the interaction's
 * id (`codeOf`). The code's row is unique, so the request is answered once.
 */
export type Interaction = {
  id: string
  sealed: string
  request: AuthorizationRequest
  askedAt: number
  /** Id of the key that was presented instead of a sign-in. */
  keyId?: string
}

/** The number increases when the shape of a request changes, so that requests of another version count as unknown. */
const PURPOSE = 'access request 2'
const LIFE = HOUR
const ID_LENGTH = 22
/** `single`: the request is answered once, in any browser. */
type Content = Pick<Interaction, 'request' | 'askedAt' | 'keyId'> & { browser: string; single?: true }

/** Seals each request with its own key, derived from its id, so that no key is used too often. `single`: the id of a request that was pushed or made on a device, which is answered once. */
export function sealInteraction(
  needs: Needs,
  browser: Browser,
  request: AuthorizationRequest,
  single?: string,
): Interaction {
  const id = single ?? randomText(ID_LENGTH)
  const askedAt = needs.now()
  const content: Content = {
    request,
    askedAt,
    browser: markOf(needs, browser.marks[0]),
    ...(single && { single: true }),
  }
  return { id, sealed: seal(needs, id, content), request, askedAt }
}

function seal(needs: Needs, id: string, content: Content): string {
  const sealed = `${id}.${needs.vault.sealFor(id, PURPOSE, JSON.stringify(content))}`
  if (sealed.length > LONGEST_FIELD)
    throw new Refusal('parameter-invalid', `a request of ${sealed.length} characters`, {
      parameter: 'state',
      sentence: 'The request is too long. Send a shorter state.',
    })
  return sealed
}

/** Seals the same request with the id of the key that this browser presented for it, or without a key. */
export function sealWithKey(needs: Needs, { sealed }: Interaction, keyId: string | undefined): string {
  const { id, sealed: _, keyId: _before, ...content } = unseal(needs, sealed)
  return seal(needs, id, { ...content, ...(keyId !== undefined && { keyId }) })
}

/** Opens a request that this browser started. */
export function openInteraction(needs: Needs, browser: Browser, sealed: string): Interaction {
  const { browser: mark, single: _, ...interaction } = unseal(needs, sealed)
  if (isMarked(needs, browser, mark)) return interaction
  if (browser.cookie === 'missing') throw new Refusal('cookie-missing', `interaction ${interaction.id} without cookie`)
  throw new Refusal('interaction-elsewhere', `interaction ${interaction.id} was started in another browser`)
}

/**
 * Seals the request for this browser, as if its address had been opened in this browser. Conditions on the sign-in
 * count from now.
 */
export function askAgainHere(needs: Needs, browser: Browser, sealed: string): Interaction {
  const { id, single, request } = unseal(needs, sealed)
  if (rulesOf(request.way).otherBrowser === 'refused')
    throw new Refusal('user-code-elsewhere', `interaction ${id} belongs to another browser`)
  return sealInteraction(needs, browser, request, single && id)
}

function unseal(needs: Needs, sealed: string): Interaction & Content {
  const id = sealed.slice(0, ID_LENGTH)
  const text = sealed[ID_LENGTH] === '.' ? needs.vault.openFor(id, PURPOSE, sealed.slice(ID_LENGTH + 1)) : undefined
  if (text === undefined) throw new Refusal('interaction-unknown', 'no request that was sealed here')
  const content = JSON.parse(text) as Content
  if (needs.now() - content.askedAt >= LIFE) throw new Refusal('interaction-expired', `interaction ${id} has expired`)
  return { id, sealed, ...content }
}

/** The end of the request. Rows that remember its answer are not needed afterwards. */
export const endOf = ({ askedAt }: Interaction): number => askedAt + LIFE

export const markOf = (needs: Pick<World, 'vault'>, mark: string): string => needs.vault.mac('browser', mark)
export const isMarked = (needs: Pick<World, 'vault'>, browser: Browser, mark: string | undefined): boolean =>
  browser.marks.some(one => markOf(needs, one) === mark)

type Needs = Pick<World, 'vault' | 'now'>
