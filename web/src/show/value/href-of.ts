import type { Answer } from '../../../../src/wire/admin/contract.ts'
import { t } from '../../language/t.ts'

export type Thing = Answer<'find'>['items'][number]['is']

/** What can be found by name: the word for several, and the page of one. */
export const THINGS: Record<Thing, { plural: string; page: string }> = {
  user: { plural: t('Users'), page: '/users/' },
  client: { plural: t('Applications'), page: '/applications/' },
  credential: { plural: t('Credentials'), page: '/credentials/' },
  api: { plural: t('APIs'), page: '/apis/' },
  request: { plural: t('Requests'), page: '/explain?request=' },
}

export const hrefOf = (is: Thing, id: string): string => THINGS[is].page + encodeURIComponent(id)
