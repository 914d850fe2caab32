import type { Client } from '../../../model/clients/client.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { HOUR, MINUTE, SECOND } from '../../../model/span.ts'
import { SYSTEM } from '../../../model/users/actor.ts'
import type { OutboundAnswer } from '../../../ports/fetcher.ts'
import type { LogoutNotice } from '../../../ports/logouts.ts'
import { namedBy } from '../../clients/named-by.ts'
import type { World } from '../../world.ts'
import { type LogoutTokenNeeds, makeLogoutToken } from './logout-token.ts'

/** The pauses before the second and each further try. After the last try the notice stays undelivered. */
const PAUSES = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 12 * HOUR] as const
/** The number of notices in one run. If this process stops, another process sends the notices again after the lease. */
const AT_ONCE = 50
const LEASE = 2 * MINUTE
const MOST_BYTES = 4096

/** Sends the notices that are due. A client gets one request at a time, and no further one in this run after a fault. */
export async function sendLogouts(needs: Needs): Promise<void> {
  if (!needs.rules.openid) return
  const now = needs.now()
  const due = await needs.logouts.takeDue(now, now + LEASE, AT_ONCE)
  const byClient = Map.groupBy(due, ({ clientId }) => clientId)
  await Promise.all([...byClient].map(([clientId, notices]) => sendTo(needs, clientId, notices)))
}

async function sendTo(needs: Needs, clientId: string, notices: readonly LogoutNotice[]): Promise<void> {
  const client = await needs.lookups.client(clientId)
  let fault: Fault | undefined
  for (const notice of notices) {
    fault ??= client ? await send(needs, client, notice) : undefined
    if (!fault) await needs.logouts.delivered(notice)
    else await keep(needs, client, notice, fault)
    if (fault?.final) fault = undefined
  }
}

/** `final`: the client has refused this notice, so it is not sent again (section 2.8). */
type Fault = { why: string; final: boolean }

async function send(needs: Needs, client: Client, notice: LogoutNotice): Promise<Fault | undefined> {
  const url = client.metadata.backchannelLogoutUri
  if (url === undefined) return undefined
  const logoutToken = await makeLogoutToken(needs, client, notice)
  const answer = await needs.fetcher.send({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'cache-control': 'no-store' },
    body: new URLSearchParams({ logout_token: logoutToken }).toString(),
    mostBytes: MOST_BYTES,
    namedBy: namedBy(client),
  })
  return faultOf(answer)
}

function faultOf(answer: OutboundAnswer): Fault | undefined {
  // The client has received the notice; its answer is only too long.
  if (answer.is === 'too-large') return undefined
  if (answer.is !== 'answer') return { why: answer.why, final: answer.is === 'not-allowed' }
  const { status } = answer
  return status >= 200 && status < 300
    ? undefined
    : { why: `the application answered with status ${status}`, final: status === 400 }
}

async function keep(
  needs: Needs,
  client: Client | undefined,
  notice: LogoutNotice,
  { why, final }: Fault,
): Promise<void> {
  const at = needs.now()
  const pause = final ? undefined : PAUSES[notice.tries - 1]
  await needs.logouts.failed(notice, why, pause === undefined ? undefined : at + pause)
  if (pause !== undefined || !client) return
  const { userId } = notice
  const thing = { ...aboutClient(client), userId }
  needs.recorder.note(entry(SYSTEM, 'changed', thing, { at, detail: { what: 'sign-out undelivered', why } }))
}

type Needs = LogoutTokenNeeds & Pick<World, 'logouts' | 'lookups' | 'fetcher' | 'recorder'>
