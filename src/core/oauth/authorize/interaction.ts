import { randomText } from '../../../crypto/credential-format.ts'
import { LONGEST_FIELD } from '../../../model/field.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Browser } from '../../../model/session.ts'
import { HOUR } from '../../../model/span.ts'
import type { World } from '../../world.ts'
import { rulesOf } from '../ways/ways.ts'
import type { AuthorizationRequest } from './request.ts'

/**
 * A request that waits for a person. Nothing of it is stored: it is sealed, and pages and forms carry it along. It ends
 * after an hour and is good in the browser that started it. Its id makes the code that answers it (`codeOf`), so the row
 * of that code decides that it is answered once.
 */
export type Interaction = { id: string; sealed: string; request: AuthorizationRequest; askedAt: number }

/** Its number rises with the shape of a request: one that another version sealed is unknown here. */
const PURPOSE = 'access request 2'
const LIFE = HOUR
const ID_LENGTH = 22
/** `single`: there is one answer to it, in whichever browser. */
type Content = Pick<Interaction, 'request' | 'askedAt'> & { browser: string; single?: true }

/** Each is sealed with a key of its own, which its id makes: millions of requests wear out no key. `single`: the id of what was asked elsewhere (pushed, or on a device), which is answered once. */
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
  const sealed = `${id}.${needs.vault.sealFor(id, PURPOSE, JSON.stringify(content))}`
  if (sealed.length > LONGEST_FIELD)
    throw new Refusal('parameter-invalid', `a request of ${sealed.length} characters`, {
      parameter: 'state',
      sentence: 'The request is too long. Send a shorter state.',
    })
  return { id, sealed, request, askedAt }
}

/** What waits in this very browser. */
export function openInteraction(needs: Needs, browser: Browser, sealed: string): Interaction {
  const { browser: mark, single: _, ...interaction } = unseal(needs, sealed)
  if (isMarked(needs, browser, mark)) return interaction
  if (browser.cookie === 'missing') throw new Refusal('cookie-missing', `interaction ${interaction.id} without cookie`)
  throw new Refusal('interaction-elsewhere', `interaction ${interaction.id} was started in another browser`)
}

/**
 * The same request asked anew, in this browser: no more than the address of the request itself would do here. What it
 * wants of the sign-in counts from now.
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

/** When it ends: after that a row that remembers its answer is not needed. */
export const endOf = ({ askedAt }: Interaction): number => askedAt + LIFE

export const markOf = (needs: Pick<World, 'vault'>, mark: string): string => needs.vault.mac('browser', mark)
export const isMarked = (needs: Pick<World, 'vault'>, browser: Browser, mark: string | undefined): boolean =>
  browser.marks.some(one => markOf(needs, one) === mark)

type Needs = Pick<World, 'vault' | 'now'>
