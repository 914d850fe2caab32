import { explainCredential } from '../core/check/check-credential.ts'
import { explainRequest } from '../core/check/explain-request.ts'
import { nameEntries } from '../core/journal/name-entries.ts'
import { SYSTEM } from '../model/actor.ts'
import { type Finding, REASON_NAMES, type Verdict } from '../model/verdict.ts'
import { list, record } from './answer.ts'
import type { Noun } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { entryText, local, showEntry } from './shapes.ts'
import { showVerdict } from './show-verdict.ts'
import { CHECK, readCheck } from './verify.ts'

export const explain: Noun = {
  verbs: [
    {
      at: '',
      about:
        'Explain a credential given on stdin, rule by rule, or why a request was refused and whether it would be now',
      examples: [
        'printf %s "$TOKEN" | claviger explain --scope write',
        'claviger explain --request-id mwpzbeuu9a53dc1e0000002',
      ],
      options: [{ flags: '--request-id <id>', about: 'the X-Request-Id of an answer' }, ...CHECK],
      async run(call) {
        const requestId = call.options.one('requestId')
        if (requestId !== undefined) {
          const world = await call.world()
          const { entries, refused, now } = await explainRequest(world, requestId)
          const names = await nameEntries(world, entries)
          const noted = await list({ items: entries }, entry => showEntry(entry, names), {
            time: one => local(one.at),
            'what happened': one => entryText(one, names),
          })
          const then = refused && `then: ${refused.reason}${refused.rule === undefined ? '' : `, ${sentence(refused)}`}`
          return {
            ...noted,
            json: { ...(noted.json as object), refused_by: refused ?? null, now: now ? showVerdict(now) : null },
            text: [noted.text, then, ...(now ? [`now: ${outcome(now)}`, ...lines(now)] : [])]
              .filter(Boolean)
              .join('\n'),
          }
        }
        const verdict = await explainCredential(await call.world(), SYSTEM, {
          ...(await readCheck(call)),
          dialects: 'any',
        })
        return record(showVerdict(verdict), {
          text: [outcome(verdict), ...lines(verdict)].join('\n'),
          ...(!verdict.active && { exit: EXIT.negative }),
        })
      },
    },
  ],
}

const outcome = (verdict: Verdict): string =>
  verdict.active ? 'active' : `not active: ${REASON_NAMES[verdict.reason]}`
const lines = ({ findings = [] }: Verdict): string[] =>
  findings.map(finding => `${finding.passed ? 'ok  ' : 'FAIL'}  ${sentence(finding)}`)
const sentence = ({ rule, found = '', needed, passed }: Partial<Finding>): string =>
  `${rule}: ${found}${passed || needed === undefined ? '' : ` (needs ${needed})`}`
