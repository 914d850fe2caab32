import { html } from 'ghtml'
import type { Params } from '../../http/params.ts'
import { type ClaimsChange, SETTABLE_CLAIMS, STANDARD_CLAIMS } from '../../model/users/standard-claims.ts'
import { field } from '../ui/html.ts'
import type { Member } from './member.ts'

/* The part of the profile that only OpenID Connect applications read. */

/** The claims that a person can set. The address is one text, as on a letter. */
const OWN = SETTABLE_CLAIMS.filter(name => STANDARD_CLAIMS[name].from === 'person') as OwnClaim[]
type OwnClaim = keyof Member['own']['profile']['claims']['names']
const fieldOf = (name: OwnClaim): string => `claim_${name}`

export function ownClaims({ own, rules }: Member, claims: ClaimsChange = {}): string {
  if (!rules.openid) return ''
  const { claims: words, optional } = own.profile
  const fields = OWN.map(name =>
    field({
      name: fieldOf(name),
      label: words.names[name],
      value: shown(claims, name),
      required: false,
      remark: optional,
      longest: 1000,
    }),
  )
  return html`<details><summary>${words.title}</summary>
<p class="hint">${words.why}</p>
!${fields}
</details>`
}

/** Shows an address of several parts on one line. */
function shown(claims: ClaimsChange, name: OwnClaim): string {
  const value = claims[name]
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  return value.formatted ?? Object.values(value).join(', ')
}

/** Keeps only the claims whose shown text changed, so that address parts that staff set stay. */
export const changedIn = (before: ClaimsChange = {}, after: ClaimsChange = {}): ClaimsChange =>
  Object.fromEntries(OWN.flatMap(name => (shown(before, name) === shown(after, name) ? [] : [[name, after[name]]])))

/** A form of an earlier version, or of a server without OpenID Connect, has none of these fields and changes nothing. */
export function readOwnClaims(form: Params): { claims?: ClaimsChange } {
  const names = form.names()
  const present = OWN.filter(name => names.includes(fieldOf(name)))
  if (present.length === 0) return {}
  const values = present.map(name => {
    const text = form.one(fieldOf(name))
    return [name, text === undefined ? null : name === 'address' ? { formatted: text } : text]
  })
  return { claims: Object.fromEntries(values) as ClaimsChange }
}
