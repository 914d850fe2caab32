import { ENDPOINT_CHECKS } from './endpoint-checks.ts'
import type { Check, Finding } from './finding.ts'
import { ISSUER_CHECKS, type Registration, registrationsOf } from './issuer-checks.ts'
import { KNOWN_CLIENTS, type KnownClient } from './known-clients.ts'
import { type Bounds, openSend } from './send.ts'
import { SERVER_CHECKS } from './server-checks.ts'
import { SIGN_IN_STEPS, type SignIn, signIn } from './sign-in.ts'
import { texts, type Walk, walk } from './walk.ts'

/** All checks, in the order of the steps. A step has no grade if an earlier step did not lead to it. */
export const CHECKS: readonly Check[] = [...SERVER_CHECKS, ...ISSUER_CHECKS, ...ENDPOINT_CHECKS]

export type Step = { step: string } & (Finding | { state: 'not reached' })
export type ClientGrade = {
  client: string
  connects: boolean
  /** How the client can get a client id there. */
  registers: Registration | undefined
  /** Names of the failed steps that stop the client. */
  stoppedBy: string[]
  redirectUris: readonly string[]
}
export type McpCheck = { url: string; passed: boolean; steps: Step[]; clients: ClientGrade[] }

/**
 * Goes through the steps by which an MCP client gets a token, and grades each step. Without a person, it stops before
 * the sign-in and changes nothing at the servers.
 */
export async function checkMcp(
  url: URL,
  { bounds, ...more }: { bounds?: Bounds } & Partial<SignIn> = {},
): Promise<McpCheck> {
  const send = openSend(url, bounds)
  const found = await walk(url, send)
  const steps = CHECKS.map(({ step, look }): Step => ({ step, ...(look(found) ?? { state: 'not reached' }) }))
  const { person, clientId } = more
  const stopped = steps.some(({ state }) => state === 'fail')
  if (person && !stopped) {
    const reached = await signIn(found, send, { person, clientId })
    const open = SIGN_IN_STEPS.filter(name => !reached.some(({ step }) => step === name))
    steps.push(...reached, ...open.map((step): Step => ({ step, state: 'not reached' })))
  }
  const clients = KNOWN_CLIENTS.map(client => gradeFor(client, steps, found))
  return { url: url.href, passed: steps.every(({ state }) => state !== 'fail'), steps, clients }
}

function gradeFor(client: KnownClient, steps: readonly Step[], found: Walk): ClientGrade {
  const bad = steps.filter(({ step, state }) => state === 'fail' && !client.ignores?.includes(step))
  const none = texts(found.server?.document['token_endpoint_auth_methods_supported']).includes('none')
  const open = registrationsOf(found).filter(way => way !== 'document' || none || !client.documentsNeedNone)
  const registers = found.server && client.registers.find(way => open.includes(way))
  return {
    client: client.name,
    connects: bad.length === 0 && registers !== undefined,
    registers,
    stoppedBy: bad.map(({ step }) => step),
    redirectUris: client.redirectUris,
  }
}
