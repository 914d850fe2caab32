/**
 * The path of the server on its host; empty if the server has the whole host. The address of this file contains it, so the
 * page does not have to.
 */
export const BASE = /^(.*)\/console\/assets\/[^/]+$/.exec(new URL(import.meta.url).pathname)?.[1] ?? ''
