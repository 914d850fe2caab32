import { type Member as MemberOf, openSignedInPages } from '../ui/signed-in-pages.ts'
import { de } from './words/de.ts'
import { en, type Words } from './words/en.ts'

/** A signed-in developer. */
export type Member = MemberOf<Words>
export type Done = keyof Words['done']

export const {
  member,
  memberForm,
  areaPage: portalPage,
  backTo,
  readDone,
  refuse: refusePortal,
} = openSignedInPages({
  home: '/developers',
  sections: ['start', 'apps', 'keys', 'scopes', 'log', 'migration'],
  words: { en, de },
  area: 'developers',
})
