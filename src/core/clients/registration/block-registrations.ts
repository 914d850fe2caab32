import type { Client, ClientSource } from '../../../model/clients/client.ts'
import type { BlockSubject, RegistrationBlock } from '../../../model/clients/registration-block.ts'
import { aboutClient, entry } from '../../../model/journal.ts'
import { parseNetwork } from '../../../model/networks.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act } from '../../../model/users/actor.ts'
import { requirePermission } from '../../authority.ts'
import type { World } from '../../world.ts'
import { endAll } from '../end-all.ts'
import { checkName } from '../name-rules.ts'
import { isConcerned } from './blocks.ts'

/**
 * Blocks self-registration from a network, or with a host in the client's addresses. With `disable`, also disables the
 * registered clients that match the block.
 */
export async function blockRegistrations(
  needs: Needs,
  act: Act,
  ask: BlockRegistrations,
): Promise<BlockedRegistrations> {
  requirePermission(act.by, 'createRegistrationBlock')
  if (ask.note) checkName(ask.note)
  const createdAt = needs.now()
  const value = ask.subject === 'network' ? readNetwork(ask.value) : readHost(ask.value)
  const block: RegistrationBlock = { subject: ask.subject, value, createdAt, ...(ask.note && { note: ask.note }) }
  const made = await needs.registrations.block(block, entry(act, 'created', aboutBlock(block), { at: createdAt }))
  if (!made)
    throw new Refusal('state-conflict', `${value} is blocked already`, { sentence: `${value} is blocked already.` })
  return { block, disabled: ask.disable ? await disableAll(needs, act, block) : 0 }
}

const readNetwork = (text: string): string => {
  const network = parseNetwork(text.trim())
  if (network !== undefined) return network
  throw new Refusal('parameter-invalid', 'not a network', {
    parameter: 'value',
    sentence: 'A network is an IP address or a CIDR block, such as 203.0.113.0/24.',
  })
}

function readHost(text: string): string {
  const url = `https://${text.trim()}`
  if (text.length <= 253 && /^[^/?#@:\\]+$/.test(text.trim()) && URL.canParse(url))
    return new URL(url).hostname.replace(/\.$/, '')
  throw new Refusal('parameter-invalid', 'not a host', {
    parameter: 'value',
    sentence:
      'A host is a name such as app.example, without scheme, port and path. It stands for the names below it, too.',
  })
}

const PAGE = 200

/** Disables the clients but does not delete them, so that staff can look at them and enable a harmless one. */
async function disableAll(needs: Needs, act: Act, block: RegistrationBlock): Promise<number> {
  let disabled = 0
  for (const source of ['dynamic', 'document'] as const) disabled += await disableOf(needs, act, block, source)
  return disabled
}

async function disableOf(needs: Needs, act: Act, block: RegistrationBlock, source: ClientSource): Promise<number> {
  let disabled = 0
  let cursor: string | undefined
  do {
    const page = await needs.clients.list({ source }, { limit: PAGE, ...(cursor && { cursor }) })
    for (const client of page.items.filter(one => one.active && isConcerned(one, block))) {
      await disable(needs, act, client)
      disabled += 1
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return disabled
}

async function disable(needs: Needs, act: Act, client: Client): Promise<void> {
  await needs.clients.change(
    client.id,
    { active: false },
    entry(act, 'changed', aboutClient(client), { at: needs.now(), detail: { fields: ['active'], active: false } }),
  )
  if (client.source === 'document') await endAll(needs, act, client)
}

export const aboutBlock = ({ value }: Pick<RegistrationBlock, 'value'>) => ({
  about: 'registration-block',
  aboutId: value,
})

export type BlockRegistrations = { subject: BlockSubject; value: string; note?: string; disable: boolean }
export type BlockedRegistrations = { block: RegistrationBlock; disabled: number }
type Needs = Pick<World, 'registrations' | 'clients' | 'credentials' | 'now'>
