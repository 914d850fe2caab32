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

Everything Claviger turns away has one of these codes. The journal and "explain" show the code together with what was found and what would have
passed; callers read the sentence, in the shape of the dialect they speak. Every server shows this list at \`/docs/errors\`, with the status in each of its
dialects. This page is made from the code by \`npm run docs\`.

Every refusal is counted (\`claviger_refusals_total\`). The journal has those of a credential, client or user that is known here: the first of each code
in a minute, for each route and each API that asks. The others leave no entry, so that being refused costs no disk.

| code | sentence, and what to do | at the OAuth endpoints |
| --- | --- | --- |
${rows.join('\n')}
`
}
