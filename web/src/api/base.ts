/**
 * The path of its host that the server has for itself; empty where it has the whole host. The address of this file tells
 * it, so nothing has to be written into the page.
 */
export const BASE = /^(.*)\/console\/assets\/[^/]+$/.exec(new URL(import.meta.url).pathname)?.[1] ?? ''
