/* OAuth uses the standard refusals unchanged. */
export { REFUSALS, refuseStandard as refuseOAuth } from './standard-refusals.ts'
