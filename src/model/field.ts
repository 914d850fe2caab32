/** No field of a request is longer: `state` and tokens of other systems come closest. Decisions have shorter bounds of their own. */
export const LONGEST_FIELD = 8192
