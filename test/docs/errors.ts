import { REFUSALS, type RefusalCode } from '../../src/model/refusals/refusal.ts'
import { remedyOf } from '../../src/model/refusals/remedies.ts'
import { REFUSALS as OAUTH } from '../../src/wire/oauth/refusals.ts'

/** docs/errors.md: every code, what it says, and what OAuth makes of it. */
export function errorsPage(): string {
  const rows = (Object.keys(REFUSALS) as RefusalCode[]).map(code => {
    const { status, error } = OAUTH[code]
    return `| \`${code}\` | ${REFUSALS[code]} ${remedyOf(code)} | ${status} \`${error}\` |`
  })
  return `# Refusals

Every refusal of Claviger has one of these codes. The journal and "explain" show the code, the value that was found and the value that would have passed. Callers
get the sentence, in the format of their interface. Every server shows this list at \`/docs/errors\`, with the status in each of its interfaces. This page is made
from the code by \`npm run docs\`.

Every refusal is counted (\`claviger_refusals_total\`). The journal contains the refusals of known credentials, clients and users: the first of each code in a minute, for
each route and each API that asks. Other refusals leave no entry, so that strangers cannot fill the disk.

| code | sentence, and what to do | at the OAuth endpoints |
| --- | --- | --- |
${rows.join('\n')}
`
}
