import { type Member as MemberOf, openSignedInPages } from '../ui/signed-in-pages.ts'
import { de } from './words/de.ts'
import { en, type Words } from './words/en.ts'

/** A signed-in user on the account pages. */
export type Member = MemberOf<Words>
export type Done = keyof Words['done']

export const {
  member,
  memberForm,
  provenForm,
  areaPage: sectionPage,
  backTo,
  readDone,
  refuse: refuseAccount,
} = openSignedInPages({
  home: '/account',
  sections: ['profile', 'password', 'second-factor', 'applications', 'tokens', 'sessions', 'activity'],
  words: { en, de },
  area: 'account',
})
