import { credentialVerbs } from '../credentials/credential.ts'
import type { Noun } from '../program/command.ts'

export const session: Noun = { verbs: credentialVerbs('session', ['session']) }
