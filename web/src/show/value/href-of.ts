import type { Answer } from '../../../../src/wire/admin/contract.ts'

export type Thing = Answer<'find'>['items'][number]['is']

const PAGES: Record<Thing, (id: string) => string> = {
  user: id => `/users/${id}`,
  client: id => `/applications/${id}`,
  credential: id => `/credentials/${id}`,
  api: id => `/apis/${id}`,
  request: id => `/explain?request=${id}`,
}

/** The page of a thing. */
export const hrefOf = (is: Thing, id: string): string => PAGES[is](encodeURIComponent(id))
