import type { Answer as Told } from '../../server/management.ts'
import { list, record } from '../output/answer.ts'
import { EXIT } from '../output/exit-codes.ts'
import { local, showEntry } from '../output/shapes.ts'
import type { Call, Noun } from '../program/command.ts'
import { CHECK, readCheck, showVerdict } from './verify.ts'

export const explain: Noun = {
  verbs: [
    {
      at: '',
      about: 'Explain rule by rule how a credential from stdin is checked, or why a request was refused',
      examples: [
        'printf %s "$TOKEN" | claviger explain --scope write',
        'claviger explain --request-id mwpzbeuu9a53dc1e0000002',
      ],
      options: [
        { flags: '--request-id <id>', about: 'value of X-Request-Id in the answer that refused the request' },
        ...CHECK,
      ],
      async run(call) {
        const requestId = call.options.one('requestId')
        if (requestId !== undefined) return explainRequest(call, requestId)
        const told = await call.manage('explain', { body: { ...(await readCheck(call)), dialects: ['any'] } })
        return record(
          { ...showVerdict(told), findings: told.findings },
          {
            text: [outcome(told), ...lines(told.findings)].join('\n'),
            ...(!told.active && { exit: EXIT.negative }),
          },
        )
      },
    },
  ],
}

async function explainRequest({ manage }: Call, request_id: string) {
  const { entries, findings, now, reason, refused_by } = await manage('explain', { body: { request_id } })
  const noted = await list({ items: entries }, showEntry, {
    time: one => local(one.at * 1000),
    'what happened': one => one.sentence,
  })
  const then = reason && `then: ${reason}${refused_by ? `, ${sentence(refused_by)}` : ''}`
  return {
    ...noted,
    json: {
      ...(noted.json as object),
      refused_by: reason === null ? null : { reason, ...refused_by },
      now: now && { ...now, findings },
    },
    text: [noted.text, then, ...(now ? [`now: ${outcome(now)}`, ...lines(findings)] : [])].filter(Boolean).join('\n'),
  }
}

type Finding = Told<'explain'>['findings'][number]
const outcome = ({ active, reason }: { active: boolean | null; reason: string | null }): string =>
  active ? 'active' : `not active: ${reason}`
const lines = (findings: readonly Finding[]): string[] =>
  findings.map(finding => `${finding.passed ? 'ok  ' : 'FAIL'}  ${sentence(finding)}`)
const sentence = ({ rule, found, needed, passed }: Omit<Finding, 'passed'> & { passed?: boolean }): string =>
  `${rule}: ${found ?? ''}${passed || needed === null ? '' : ` (needs ${needed})`}`
