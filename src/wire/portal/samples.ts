import { html } from 'ghtml'
import type { Member } from './member.ts'

/* Code samples with the reader's own values. Secrets come from the environment, never from the page. */

export const QUICK_STARTS = ['client-credentials', 'application-token', 'authorization-code', 'api-key'] as const
export type QuickStart = (typeof QUICK_STARTS)[number]
type Language = 'curl' | 'javascript' | 'python' | 'guard'
export type Values = { issuer: string; clientId: string; redirectUri: string }

const bearer = (issuer: string): Record<Language, string> => ({
  curl: `curl -H "Authorization: Bearer $CLAVIGER_TOKEN" ${issuer}/v1/whoami`,
  javascript: `const answer = await fetch('${issuer}/v1/whoami', {
  headers: { authorization: \`Bearer \${process.env.CLAVIGER_TOKEN}\` },
})
console.log(await answer.json())`,
  python: `import os, requests
answer = requests.get(
    '${issuer}/v1/whoami',
    headers={'Authorization': f"Bearer {os.environ['CLAVIGER_TOKEN']}"},
)
print(answer.json())`,
  guard: `// npm install @claviger/guard express; the last two from: claviger api create
// CLAVIGER_URL=${issuer} CLAVIGER_CLIENT_ID=... CLAVIGER_CLIENT_SECRET=... node api.mjs
import express from 'express'
import { guard } from '@claviger/guard/express'
const app = express()
app.get('/things', guard({ scopes: 'read' }), (request, response) => {
  response.json({ for: request.auth.subject })
})
app.listen(3000)`,
})

export function samplesOf(kind: QuickStart, { issuer, clientId, redirectUri }: Values): Record<Language, string> {
  const common = bearer(issuer)
  if (kind === 'application-token') return common
  if (kind === 'api-key')
    return {
      curl: `curl -H "X-API-Key: $CLAVIGER_KEY" ${issuer}/v1/whoami`,
      javascript: common.javascript.replace(/authorization: `[^`]*`/, "'x-api-key': process.env.CLAVIGER_KEY"),
      python: common.python.replace(/headers=.*/, "headers={'X-API-Key': os.environ['CLAVIGER_KEY']},"),
      guard: common.guard.replace("guard({ scopes: 'read' })", "guard({ profile: 'apikey', scopes: 'read' })"),
    }
  if (kind === 'client-credentials')
    return {
      curl: `curl ${issuer}/oauth2/token -u "${clientId}:$CLIENT_SECRET" -d grant_type=client_credentials`,
      javascript: `import * as client from 'openid-client'
const config = await client.discovery(new URL('${issuer}'), '${clientId}', process.env.CLIENT_SECRET)
const tokens = await client.clientCredentialsGrant(config)
console.log(tokens.access_token)`,
      python: `import os, requests
answer = requests.post(
    '${issuer}/oauth2/token',
    auth=('${clientId}', os.environ['CLIENT_SECRET']),
    data={'grant_type': 'client_credentials'},
)
print(answer.json()['access_token'])`,
      guard: common.guard,
    }
  return {
    curl: `# 1. send the person here, with a fresh code_challenge (S256) and state
${issuer}/oauth2/authorize?response_type=code&client_id=${clientId}&redirect_uri=${encodeURIComponent(redirectUri)}&code_challenge_method=S256&code_challenge=...&state=...
# 2. exchange the code
curl ${issuer}/oauth2/token -u "${clientId}:$CLIENT_SECRET" -d grant_type=authorization_code -d redirect_uri=${redirectUri} -d code=$CODE -d code_verifier=$VERIFIER`,
    javascript: `import * as client from 'openid-client'
const config = await client.discovery(new URL('${issuer}'), '${clientId}', process.env.CLIENT_SECRET)
const verifier = client.randomPKCECodeVerifier()
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: '${redirectUri}',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state: client.randomState(),
})
// redirect to url; back at your redirect address:
// const tokens = await client.authorizationCodeGrant(config, currentUrl, { pkceCodeVerifier: verifier, expectedState })`,
    python: `# pip install requests-oauthlib
import os
from requests_oauthlib import OAuth2Session
session = OAuth2Session('${clientId}', redirect_uri='${redirectUri}', pkce='S256')
url, state = session.authorization_url('${issuer}/oauth2/authorize')
# redirect to url; back at your redirect address:
# session.fetch_token('${issuer}/oauth2/token', authorization_response=current_url, client_secret=os.environ['CLIENT_SECRET'])`,
    guard: common.guard,
  }
}

/** One block per language; all except the first are folded. */
export const sampleBlocks = (who: Member, samples: Record<Language, string>): string[] =>
  (Object.keys(samples) as Language[]).map(
    (language, i) =>
      html`<details !${i === 0 ? 'open' : ''}><summary>${who.own.start.languages[language]}</summary><pre tabindex="0"><code>${samples[language]}</code></pre></details>`,
  )
