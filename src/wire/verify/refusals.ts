/* Uses the standard refusals. */
export { refuseStandard as refuseVerify } from '../oauth/standard-refusals.ts'
