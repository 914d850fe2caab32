import type { Client } from '../../model/clients/client.ts'
import type { OutboundAsk } from '../../ports/fetcher.ts'

/**
 * Who named the addresses in the metadata of the client. Only for addresses that staff entered does the operator's list
 * of special-use addresses count in production.
 */
export const namedBy = ({ source }: Pick<Client, 'source'>): OutboundAsk['namedBy'] =>
  source === 'operator' ? 'staff' : 'client'
