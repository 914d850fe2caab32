import { Refusal } from '../../model/refusals/refusal.ts'
import { notClaviger } from './ask-server.ts'
import type { Server } from './manage-at.ts'

/** Asks a server who the caller is. Throws its refusal if the credential is not accepted. */
export async function whoamiAt({ url, send }: Server): Promise<WhoAmI> {
  const reply = await send({ method: 'GET', path: '/v1/whoami' })
  const told = (reply.json ?? {}) as Record<string, unknown>
  if (told['active'] === true) {
    const { hint: _, active: _active, ...principal } = told
    return { who: nameIn(principal), principal }
  }
  if (told['active'] !== false) throw notClaviger(url, reply)
  throw new Refusal('credential-unknown', `${url}: ${told['reason']}`, { sentence: `${url}: ${told['hint']}` })
}

type WhoAmI = { who: string; principal: Record<string, unknown> }

function nameIn({ subject, client }: Record<string, unknown>): string {
  const { handle, name } = { ...(client as object), ...(subject as object) } as { handle?: string; name?: string }
  return handle ?? name ?? 'unknown'
}
