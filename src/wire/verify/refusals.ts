/* The words are the standard ones. */
export { refuseStandard as refuseVerify } from '../oauth/standard-refusals.ts'
