import {
  ENDINGS,
  type EndingWords,
  type Impact,
  impactSentence,
  NO_WAY_BACK,
} from '../../../model/credentials/ending.ts'

const {
  revokeCredential,
  revokeCredentials,
  endSession,
  endSessions,
  revokeGrant,
  revokeGrants,
  deleteClient,
  replaceClientSecret,
} = ENDINGS

/** Endings that people can perform on their own things, on pages without a script. */
const OF = {
  revokeCredential,
  revokeCredentials,
  endSession,
  endSessions,
  revokeGrant,
  revokeGrants,
  deleteClient,
  replaceClientSecret,
}

export type PersonalEnding = keyof typeof OF

export const endingsEn = {
  of: OF as Record<PersonalEnding, EndingWords>,
  noWayBack: NO_WAY_BACK as string,
  stop: 'Cancel',
  impact: (impact: Impact): string => impactSentence(impact),
}
