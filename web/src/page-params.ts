/** What the path of a page names: `id` of `/users/:id`. */
export type PageParams = Record<string, string | undefined>
