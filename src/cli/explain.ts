import { explainCredential } from '../core/check-credential.ts'
import { explainRequest } from '../core/explain-request.ts'
import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { iso, showEntry } from './shapes.ts'
import { showVerdict } from './show-verdict.ts'
import { CHECK, readCheck } from './verify.ts'

export const explain: Noun = {
  verbs: [
    {
      at: '',
      about: 'Explain a credential given on stdin, rule by rule, or what the journal knows of a request',
      examples: [
        'printf %s "$TOKEN" | claviger explain --scope write',
        'claviger explain --request-id 0b1f0c1e-8a1f-4c6f-9a50-0d8b4c1f2a33',
      ],
      options: [{ flags: '--request-id <id>', about: 'the X-Request-Id of an answer' }, ...CHECK],
      async run(call) {
        const requestId = call.options.one('requestId')
        if (requestId !== undefined) {
          const items = await explainRequest(await call.world(), requestId)
          return list({ items }, showEntry, {
            at: one => iso(one.at),
            event: one => one.event,
            about: one => `${one.about} ${one.aboutId ?? ''}`,
            reason: one => one.reason,
          })
        }
        const verdict = await explainCredential(await call.world(), { ...(await readCheck(call)), dialects: 'any' })
        const lines = (verdict.findings ?? []).map(
          ({ rule, passed, found, needed }) =>
            `${passed ? 'ok  ' : 'FAIL'}  ${rule}: ${found ?? ''}${passed ? '' : ` (needs ${needed})`}`,
        )
        return record(showVerdict(verdict), {
          text: [verdict.active ? 'active' : `not active: ${verdict.reason}`, ...lines].join('\n'),
          ...(!verdict.active && { exit: EXIT.negative }),
        })
      },
    },
  ],
}
