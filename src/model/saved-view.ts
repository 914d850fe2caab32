/** Pages of the console whose filters can be kept under a name. */
export const VIEW_PAGES = ['credentials', 'users', 'applications', 'activity'] as const
export type ViewPage = (typeof VIEW_PAGES)[number]

/** The filters of a page as they stand in its address. */
export type SavedView = { name: string; page: ViewPage; query: string; createdAt: number }
