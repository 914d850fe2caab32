/* OAuth is the standard itself: its words are those every dialect without words of its own uses. */
export { REFUSALS, refuseStandard as refuseOAuth } from './standard-refusals.ts'
