/** The text to look up a token pair by. It includes the user number, so a token works only for its own user. */
export const pairLookup = (userNumber: number | string, token: string): string => `${userNumber}:${token}`
