/*
 * Actions that end or stop something. Each has one verb and one sentence, which pages, the command line and the
 * documents share.
 */

export type EndingWords = {
  /** The verb on the button. */
  word: string
  /** A sentence that tells what stops. */
  says: string
  /** Tells if and how the action can be reversed; absent: it cannot. */
  undo?: string
}

const ENABLE = 'Enabling brings all of it back.'
const BETTER_DISABLE = 'This cannot be undone; disabling can.'

export const ENDINGS = {
  // One by one
  revokeCredential: { word: 'Revoke', says: 'It ends for good: requests with it are refused within a second.' },
  disableCredential: {
    word: 'Disable',
    says: 'Requests with it are refused within a second, until it is enabled again.',
    undo: 'Enabling it is all it takes; its secret stays.',
  },
  rotateCredential: {
    word: 'Rotate',
    says: 'A new secret takes its place. The old one works until the overlap ends, and then never again.',
    undo: 'Nothing breaks as long as the overlap lasts.',
  },
  endSession: {
    word: 'Sign out',
    says: 'That browser has to sign in again. Tokens and keys go on working.',
    undo: 'Signing in again is all it takes.',
  },
  revokeGrant: {
    word: 'Remove access',
    says: 'Every token that came of this permission is refused within a second.',
    undo: 'The application can ask again.',
  },
  // Several at once
  revokeCredentials: { word: 'Revoke', says: 'They end for good: requests with them are refused within a second.' },
  endSessions: {
    word: 'Sign out',
    says: 'Those browsers have to sign in again. Tokens and keys go on working.',
    undo: 'Signing in again is all it takes.',
  },
  revokeGrants: {
    word: 'Remove access',
    says: 'Every token that came of these permissions is refused within a second.',
    undo: 'The applications can ask again.',
  },
  revokeAll: {
    word: 'Revoke all',
    says: 'Every token and key ends for good: requests with them are refused within a second. Sessions stay.',
  },
  revokeEverything: {
    word: 'Revoke everything',
    says: 'Every credential, session and grant of every user and application ends for good.',
  },
  // Users
  disableUser: {
    word: 'Disable',
    says: 'All that is theirs stops within a second: sessions, tokens, keys, and the applications they registered.',
    undo: ENABLE,
  },
  deleteUser: { word: 'Delete', says: 'The account and all that is theirs end for good.', undo: BETTER_DISABLE },
  setPassword: {
    word: 'Set a new password',
    says: 'The old password, and the sessions and tokens that came of it, end. Keys and application tokens go on working.',
  },
  setPasswordEndKeys: {
    word: 'Set a new password',
    says: 'The old password, the sessions and tokens that came of it, and every key and application token end.',
  },
  removeSecondFactor: {
    word: 'Remove the second factor',
    says: 'The password alone signs them in, and their recovery codes end. They read of it on their account page.',
    undo: 'They can add another.',
  },
  // Applications
  disableClient: {
    word: 'Disable',
    says: 'Signing in through the application stops, and its tokens are refused within a second.',
    undo: ENABLE,
  },
  blockClient: {
    word: 'Block',
    says: 'It gets no new access, and everything it has ends for good within a second.',
    undo: 'It can be let in again; people then allow it anew.',
  },
  deleteClient: { word: 'Delete', says: 'The application and every token of it end for good.', undo: BETTER_DISABLE },
  rotateClientSecret: {
    word: 'Make a new secret',
    says: 'The secrets it has work until the overlap ends. Its tokens go on working.',
    undo: 'Nothing breaks as long as the overlap lasts.',
  },
  replaceClientSecret: {
    word: 'Make a new secret',
    says: 'The secrets it has stop at once: until the new one is in place, it gets no tokens. Those it has go on working.',
  },
  revokeRegistrationToken: {
    word: 'Revoke',
    says: 'No client can register with it any more. Those that did stay.',
    undo: 'Another one can be made.',
  },
  blockRegistrations: {
    word: 'Block',
    says: 'No client can register itself from there any more.',
    undo: 'The block can be taken away.',
  },
  blockAndDisable: {
    word: 'Block and disable',
    says: 'No client can register itself from there any more, and those that did are disabled: their tokens are refused within a second.',
    undo: 'The block can be taken away, and each client enabled again.',
  },
  // APIs
  deleteResourceServer: {
    word: 'Delete',
    says: 'The API can check nothing here any more, so its callers are refused. Credentials stay.',
  },
  removeScope: {
    word: 'Remove',
    says: 'The API no longer declares it, so it cannot be given any more. What holds it keeps it, until it is changed.',
    undo: 'Adding it again is all it takes.',
  },
  deleteGate: {
    word: 'Delete',
    says: 'The proxy that asks for it is refused everything from then on.',
    undo: 'Created again under its name, it works again.',
  },
  deleteScope: {
    word: 'Delete',
    says: 'People read its bare name from then on. What holds the scope keeps it.',
    undo: 'The words can be written again.',
  },
  removeSigningKey: { word: 'Withdraw', says: 'Every token it signed is refused at once, also those with time left.' },
  // The installation
  deleteView: {
    word: 'Delete',
    says: 'The saved view is forgotten. What it showed stays.',
    undo: 'It can be kept again.',
  },
  endImport: {
    word: 'End the import',
    says: 'The password strings kept of the other system are forgotten; tokens derived from them end for good.',
  },
  removeDemo: {
    word: 'Remove the demo data',
    says: 'The users, applications and credentials of the demonstration end for good, with how long checks took until now.',
  },
} as const satisfies Record<string, EndingWords>

export type EndingName = keyof typeof ENDINGS

export const NO_WAY_BACK = 'This cannot be undone.'
export const undoOf = (name: EndingName): string => {
  const { undo }: EndingWords = ENDINGS[name]
  return undo ?? NO_WAY_BACK
}

/** Use in the last day of the credentials that would end. */
export type Impact = {
  /** Accepted uses in the last 24 hours; `refusals` and `networks` cover the same time. */
  uses: number
  refusals: number
  networks: number
  lastUsedAt?: number
  /** Credentials that are alive now. */
  credentials: number
  /** The number of users who own these credentials. */
  users: number
  /** The number of applications whose access was allowed with these keys and ends with them. */
  applications: number
}

/** Returns one sentence, such as "4 credentials of 2 people, used 1,204 times in the last 24 hours from 3 networks." */
export function impactSentence({
  credentials,
  users,
  applications,
  uses,
  networks,
}: Omit<Impact, 'refusals' | 'lastUsedAt'>): string {
  const owners = users > 0 ? ` of ${users === 1 ? '1 person' : `${grouped(users)} people`}` : ''
  const behind = applications > 0 ? `, with the access of ${counted(applications, 'application')}` : ''
  const what = `${counted(credentials, 'credential')}${owners}${behind}`
  const use =
    uses === 0
      ? 'not used in the last 24 hours'
      : `used ${counted(uses, 'time')} in the last 24 hours${networks > 0 ? ` from ${counted(networks, 'network')}` : ''}`
  return `${what}, ${use}.`
}

const grouped = (count: number): string => count.toLocaleString('en')
const counted = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
