import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { CompactSign, compactVerify } from 'jose'
import { joseSignature } from '../src/crypto/jose-signature.ts'

/* What one signature costs, with the platform's own functions and with jose: why the signer signs as it does. */

const MILLISECONDS = 700
const claims = { iss: 'https://id.example', sub: 'someone', aud: 'https://api.example', iat: 1, exp: 2, jti: 'abc' }
const payload = new TextEncoder().encode(JSON.stringify(claims))

export async function signatures(): Promise<{ name: string; rate: number }[]> {
  const pairs = {
    ES256: { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }), digest: 'sha256' },
    EdDSA: { ...generateKeyPairSync('ed25519'), digest: null },
  }
  const rates: { name: string; rate: number }[] = []
  for (const [algorithm, { privateKey, publicKey, digest }] of Object.entries(pairs)) {
    const key = (of: KeyObject) => ({ key: of, dsaEncoding: 'ieee-p1363' as const })
    const header = { alg: algorithm, typ: 'at+jwt', kid: 'bench' }
    const prefix = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.`
    const byHand = (): string => {
      const input = prefix + Buffer.from(payload).toString('base64url')
      return `${input}.${sign(digest, Buffer.from(input), key(privateKey)).toString('base64url')}`
    }
    const byRewriting = (): string => {
      const input = prefix + Buffer.from(payload).toString('base64url')
      return `${input}.${joseSignature(sign(digest, Buffer.from(input), privateKey)).toString('base64url')}`
    }
    const byJose = (): Promise<string> => new CompactSign(payload).setProtectedHeader(header).sign(privateKey)
    const token = byHand()
    const dot = token.lastIndexOf('.')
    const [input, signature] = [Buffer.from(token.slice(0, dot)), Buffer.from(token.slice(dot + 1), 'base64url')]
    rates.push(
      { name: `${algorithm} sign, node:crypto`, rate: await rateOf(byHand) },
      ...(digest ? [{ name: `${algorithm} sign, node:crypto, DER rewritten`, rate: await rateOf(byRewriting) }] : []),
      { name: `${algorithm} sign, jose`, rate: await rateOf(byJose) },
      {
        name: `${algorithm} verify, node:crypto`,
        rate: await rateOf(() => verify(digest, input, key(publicKey), signature)),
      },
      { name: `${algorithm} verify, jose`, rate: await rateOf(() => compactVerify(token, publicKey)) },
    )
  }
  return rates
}

/** Per second of processor time, that of other threads included: work handed to them would only look faster. */
async function rateOf(work: () => unknown): Promise<number> {
  for (let i = 0; i < 200; i++) await work()
  const [started, before] = [performance.now(), process.cpuUsage()]
  let count = 0
  while (performance.now() - started < MILLISECONDS) {
    await work()
    count++
  }
  const { user, system } = process.cpuUsage(before)
  return Math.round((count / (user + system)) * 1_000_000)
}
