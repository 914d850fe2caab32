import { checkCredential } from '../core/check/check-credential.ts'
import { SYSTEM } from '../model/actor.ts'
import { copyFault, copySentence } from '../model/copied-secret.ts'
import { Refusal } from '../model/refusal.ts'
import { record } from './answer.ts'
import type { Call, Noun, Option } from './command.ts'
import { EXIT } from './exit-codes.ts'
import { readStdin } from './read-secret.ts'
import { showVerdict } from './show-verdict.ts'

export const CHECK: readonly Option[] = [
  { flags: '--scope <scopes>', about: 'it must cover all of these' },
  { flags: '--audience <uri>', about: 'it must be good for this API' },
  { flags: '--ip <address>', about: 'presented from this address, where it is bound to networks' },
]

export const verify: Noun = {
  verbs: [
    {
      at: '',
      about: 'Check a credential of any native kind given on stdin; exit code 8 when it is not active',
      examples: ['printf %s "$TOKEN" | claviger verify --scope read --audience https://api.example.com'],
      options: CHECK,
      async run(call) {
        const verdict = await checkCredential(await call.world(), SYSTEM, await readCheck(call))
        return record(showVerdict(verdict), verdict.active ? {} : { exit: EXIT.negative })
      },
    },
  ],
}

/** The credential on stdin and what is asked of it. */
export async function readCheck({ options, world }: Call) {
  const { lookups } = await world()
  const [scopes, audience, ip] = [options.scopes(), options.one('audience'), options.address('ip')]
  const resource = audience === undefined ? undefined : await lookups.resource(audience)
  if (audience !== undefined && !resource)
    throw new Refusal('audience-unknown', `no resource server ${audience}`, {
      sentence: `There is no API ${audience}.`,
    })
  const secret = (await readStdin()).trim()
  const fault = copyFault(secret)
  if (fault) throw new Refusal('parameter-invalid', fault, { sentence: copySentence(fault, 'The credential on stdin') })
  return {
    presented: { secret },
    ...(ip !== undefined && { ip }),
    ...(scopes && { scopes }),
    ...(resource && { audiences: [resource] }),
  }
}
