import { t } from '../language/t.ts'

/* Samples in four languages. They read the credential from the environment, so that no program contains it. */

const VARIABLE = 'CLAVIGER_TOKEN'

export const envLine = (secret: string): string => `${VARIABLE}=${secret}\n`

export type Sample = { language: string; label: string; code: string }

export function samples(issuer: string): Sample[] {
  const address = `${issuer}/v1/whoami`
  return [
    {
      language: 'curl',
      label: 'curl',
      code: `curl ${address} \\\n  -H "Authorization: Bearer $${VARIABLE}"`,
    },
    {
      language: 'javascript',
      label: 'JavaScript',
      code: [
        `const answer = await fetch('${address}', {`,
        `  headers: { Authorization: \`Bearer \${process.env.${VARIABLE}}\` },`,
        '})',
        'console.log(answer.status, await answer.json())',
      ].join('\n'),
    },
    {
      language: 'python',
      label: 'Python',
      code: [
        'import json, os, urllib.request',
        '',
        `request = urllib.request.Request('${address}', headers={`,
        `    'Authorization': 'Bearer ' + os.environ['${VARIABLE}'],`,
        '})',
        'with urllib.request.urlopen(request) as answer:',
        '    print(answer.status, json.load(answer))',
      ].join('\n'),
    },
    {
      language: 'guard',
      label: t('Protect a route'),
      code: [
        '// npm install @claviger/guard express',
        `// in the environment: CLAVIGER_URL=${issuer}`,
        '// and the CLAVIGER_CLIENT_ID and CLAVIGER_CLIENT_SECRET of your API',
        "import express from 'express'",
        "import { guard } from '@claviger/guard/express'",
        '',
        'const app = express()',
        "app.get('/hello', guard({ scopes: 'read' }), (request, response) => {",
        '  response.json({ hello: request.auth.subject })',
        '})',
        'app.listen(3000)',
      ].join('\n'),
    },
  ]
}
