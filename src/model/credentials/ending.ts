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

const ENABLE = 'Enable to bring all of it back.'
const BETTER_DISABLE = 'This cannot be undone. Disabling can be undone.'

export const ENDINGS = {
  // One by one
  revokeCredential: { word: 'Revoke', says: 'It ends for good: requests with it are refused within a second.' },
  disableCredential: {
    word: 'Disable',
    says: 'Requests with it are refused within a second, until it is enabled again.',
    undo: 'You can enable it again, with the same secret.',
  },
  rotateCredential: {
    word: 'Rotate',
    says: 'A new secret replaces the old one, which works until the overlap ends.',
    undo: 'Until then, nothing stops working.',
  },
  endSession: {
    word: 'Sign out',
    says: 'That browser must sign in again. Tokens and keys keep working.',
    undo: 'It can sign in again at any time.',
  },
  revokeGrant: {
    word: 'Revoke access',
    says: 'Every token from this consent is refused within a second.',
    undo: 'The application can ask again.',
  },
  // Several at once
  revokeCredentials: { word: 'Revoke', says: 'They end for good: requests with them are refused within a second.' },
  endSessions: {
    word: 'Sign out',
    says: 'Those browsers must sign in again. Tokens and keys keep working.',
    undo: 'They can sign in again at any time.',
  },
  revokeGrants: {
    word: 'Revoke access',
    says: 'Every token from these consents is refused within a second.',
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
    says: 'Sessions, tokens, keys and applications of this user stop within a second.',
    undo: ENABLE,
  },
  deleteUser: {
    word: 'Delete',
    says: 'The account, with its sessions, tokens, keys and applications, ends for good.',
    undo: BETTER_DISABLE,
  },
  setPassword: {
    word: 'Set a new password',
    says: 'The old password stops working, with its sessions and tokens. Keys and application tokens keep working.',
  },
  setPasswordEndKeys: {
    word: 'Set a new password',
    says: 'The old password stops working, with its sessions and tokens, and every key and application token.',
  },
  removeSecondFactor: {
    word: 'Remove the second factor',
    says: 'The password alone is enough to sign in, and the recovery codes stop working. The account page tells the user.',
    undo: 'The user can add another.',
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
    word: 'Rotate',
    says: 'The present secrets work until the overlap ends. Its tokens keep working.',
    undo: 'Until then, nothing stops working.',
  },
  replaceClientSecret: {
    word: 'Rotate',
    says: 'The present secrets stop at once, so it gets no new tokens until you deploy the new secret. Its tokens keep working.',
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
    says: 'The API can no longer check credentials, so it refuses its callers. Credentials stay.',
  },
  removeScope: {
    word: 'Remove',
    says: 'The scope can no longer be given. Credentials that have it keep it.',
    undo: 'You can add it again.',
  },
  deleteGate: {
    word: 'Delete',
    says: 'The proxy of this gate refuses every request.',
    undo: 'It works again if you create it with the same name.',
  },
  deleteScope: {
    word: 'Delete',
    says: 'The consent page shows the name of the scope. Credentials keep the scope.',
    undo: 'You can write a description again.',
  },
  removeSigningKey: { word: 'Withdraw', says: 'Every token signed with it is refused at once.' },
  // The installation
  deleteView: {
    word: 'Delete',
    says: 'The saved view is deleted.',
    undo: 'You can save it again.',
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
