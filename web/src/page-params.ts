/** The parameters of a page's path: `id` of `/users/:id`. */
export type PageParams = Record<string, string | undefined>
