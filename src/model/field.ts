/** The longest field of any request, in characters: enough for `state` and for tokens of other systems. Decisions set shorter limits for single fields. */
export const LONGEST_FIELD = 8192
