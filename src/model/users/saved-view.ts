/** Pages of the console whose filters can be saved under a name. */
export const VIEW_PAGES = ['credentials', 'users', 'applications', 'activity'] as const
export type ViewPage = (typeof VIEW_PAGES)[number]

/** `query`: the filters of a page as in its address. */
export type SavedView = { name: string; page: ViewPage; query: string; createdAt: number }
