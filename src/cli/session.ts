import type { Noun } from './command.ts'
import { credentialVerbs } from './credential.ts'

export const session: Noun = { verbs: credentialVerbs('session', ['session']) }
