import { copyFault, copySentence } from '../../model/credentials/copied-secret.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Answer as Told } from '../../server/management.ts'
import { record } from '../output/answer.ts'
import { EXIT } from '../output/exit-codes.ts'
import { readStdin } from '../output/read-secret.ts'
import { findApi } from '../place/find-api.ts'
import type { Call, Noun, Option } from '../program/command.ts'

export const CHECK: readonly Option[] = [
  { flags: '--scope <scopes>', about: 'scopes that the credential must cover, such as "read write"' },
  { flags: '--audience <uri>', about: 'audience of the API for which it must be valid' },
  { flags: '--ip <address>', about: 'IP address from which it is used, for credentials that are limited to networks' },
]

export const verify: Noun = {
  verbs: [
    {
      at: '',
      about: 'Check a credential from stdin, of any kind that Claviger issues; exit code 8 if it is not active',
      examples: ['printf %s "$TOKEN" | claviger verify --scope read --audience https://api.example.com'],
      options: CHECK,
      async run(call) {
        const told = await call.manage('explain', { body: { ...(await readCheck(call)), as: 'check' } })
        return record(showVerdict(told), told.active ? {} : { exit: EXIT.negative })
      },
    },
  ],
}

/** Reads the credential from stdin, and the conditions to check from the options. */
export async function readCheck(call: Call) {
  const { options } = call
  const [scopes, audience, ip] = [options.scopes(), options.one('audience'), options.address('ip')]
  const api = audience === undefined ? undefined : await findApi(call, audience)
  const credential = (await readStdin()).trim()
  const fault = copyFault(credential)
  if (fault) throw new Refusal('parameter-invalid', fault, { sentence: copySentence(fault, 'The credential on stdin') })
  return {
    credential,
    ...(ip !== undefined && { ip }),
    ...(scopes && { scopes }),
    ...(api && { audience: api.audience }),
  }
}

/** The result of the check, with names and units of `POST /v1/verify`. */
export const showVerdict = ({ active, reason, principal, credential_id }: Told<'explain'>): object =>
  active ? { active, ...principal } : { active: false, reason, credential_id, ...principal }
