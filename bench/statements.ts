import { randomBytes } from 'node:crypto'
import { generateSigningKey, openSigner } from '../src/crypto/signer.ts'
import { openStatements } from '../src/crypto/statement.ts'
import type { Statement } from '../src/model/credentials/statement.ts'

/*
 * `npm run bench:statements`: what it costs to seal and to open an access token that is its own record, how long such
 * tokens are, and what a signature costs beside it. Figures in docs/adr/0014.
 */

const ROUNDS = 100_000
const statements = openStatements(() => 'https://auth.example.com')
statements.load([{ number: 1, secret: randomBytes(32) }], 1)
const base = {
  id: randomBytes(12).toString('hex'),
  issuedAt: Date.now(),
  expiresAt: Date.now() + 3_600_000,
  clientEpoch: 123_456,
}
const CASES: Record<string, Statement> = {
  'client credentials, its usual scopes': { ...base, of: { clientNumber: 42 } },
  'client credentials, two scopes and an API': {
    ...base,
    of: { clientNumber: 42 },
    scopes: ['orders:read', 'orders:write'],
    audience: ['https://api.example.com'],
  },
  'of a grant': { ...base, of: { grantId: randomBytes(12).toString('hex') } },
}

const rows = Object.entries(CASES).map(([name, statement]) => {
  const token = statements.seal(statement) as string
  return {
    name,
    characters: token.length,
    seal: microseconds(() => statements.seal(statement)),
    open: microseconds(() => statements.open(token)),
  }
})

const signer = openSigner()
signer.load([await generateSigningKey()])
const claims = {
  iss: 'https://auth.example.com',
  sub: 'x',
  aud: 'https://api.example.com',
  exp: 1,
  iat: 0,
  jti: base.id,
  client_id: 'y',
  scope: 'read',
}

console.log('| access token | characters | seal, microseconds | open, microseconds |\n| --- | ---: | ---: | ---: |')
for (const { name, characters, seal, open } of rows)
  console.log(`| ${name} | ${characters} | ${seal.toFixed(1)} | ${open.toFixed(1)} |`)
console.log(
  `| JWT (ES256) | ${signer.sign('at+jwt', claims).length} | ${microseconds(() => signer.sign('at+jwt', claims), 20_000).toFixed(1)} | |`,
)

/** Processor time, which other work on the machine changes little; middle of five rounds, after one that warms up. */
function microseconds(work: () => unknown, rounds = ROUNDS): number {
  const all = Array.from({ length: 6 }, () => {
    const before = process.cpuUsage()
    for (let i = 0; i < rounds; i++) work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / rounds
  })
  return all.slice(1).sort((a, b) => a - b)[2] as number
}
