import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'node:querystring'
import { joseSignature } from '../../src/crypto/jose-signature.ts'
import { form, offer } from '../ask.ts'

/* What Node can do at best: parse a form, look the client up, and perhaps sign. No framework, no storage. */

const clients = new Map([['bench', 'secret']])
const keys: Record<string, { key: KeyObject; digest: string | null }> = {
  '/es256': { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, digest: 'sha256' },
  '/eddsa': { key: generateKeyPairSync('ed25519').privateKey, digest: null },
}
const header = Buffer.from('{"alg":"none","typ":"at+jwt","kid":"bench"}').toString('base64url')

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', () => {
    const fields = parse(Buffer.concat(chunks).toString())
    const known = clients.get(String(fields['client_id'])) === (fields['client_secret'] ?? 'none')
    const signing = keys[request.url ?? '']
    const body = JSON.stringify({
      access_token: signing ? jwt(signing.key, signing.digest) : 'clv_at_0123456789012345678901234567890123456789',
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'read',
    })
    response.writeHead(known ? 200 : 401, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
    })
    response.end(body)
  })
})

function jwt(key: KeyObject, digest: string | null): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: 'http://127.0.0.1', sub: 'bench', aud: 'https://api.example', iat: now, exp: now + 3600 }
  const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  const signature = sign(digest, Buffer.from(input), key)
  return `${input}.${(digest ? joseSignature(signature) : signature).toString('base64url')}`
}

server.listen(0, '127.0.0.1', () => {
  const fields = { grant_type: 'client_credentials', client_id: 'bench', client_secret: 'secret' }
  offer({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asks: { opaque: form('/', fields), es256: form('/es256', fields), eddsa: form('/eddsa', fields) },
  })
})
