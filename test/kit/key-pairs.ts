/*
 * To make an RSA key takes longer than to start a server. Servers of tests take their RSA keys from a few that this
 * process made, in turn: those that stand side by side, and the keys that follow each other in one, still differ.
 */

/** More than the servers of any test, and than the keys that one of them makes. */
const MOST = 8

const made = new Map<string, Promise<CryptoKeyPair>>()
let calls = 0

const { generateKey } = crypto.subtle as { generateKey(...asked: unknown[]): Promise<CryptoKeyPair> }
const asUsual = (asked: unknown[]) => generateKey.apply(crypto.subtle, asked)

Object.assign(crypto.subtle, {
  generateKey(...asked: unknown[]): Promise<CryptoKeyPair> {
    const [algorithm, extractable] = asked as [Partial<RsaHashedKeyGenParams>, boolean]
    // Clients in tests make keys of their own, which nothing can export.
    if (algorithm.name !== 'RSASSA-PKCS1-v1_5' || !extractable) return asUsual(asked)
    const turn = JSON.stringify([calls++ % MOST, asked])
    const pair = made.get(turn) ?? asUsual(asked)
    made.set(turn, pair)
    return pair
  },
})
