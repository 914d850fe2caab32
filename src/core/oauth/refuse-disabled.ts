import { type Client, mayAct } from '../../model/clients/client.ts'
import { Refusal, type RefusalFacts } from '../../model/refusals/refusal.ts'

/** Refuses a client if the client or its owner is disabled. */
export function refuseDisabled(client: Client, facts: RefusalFacts = {}): void {
  if (mayAct(client)) return
  const refusal = client.active
    ? new Refusal('client-disabled', `${client.ownerId}, who registered ${client.id}, is disabled or gone`, {
        ...facts,
        sentence: 'Whoever registered this client has been disabled.',
      })
    : new Refusal('client-disabled', `${client.id} is disabled`, facts)
  throw refusal.concerning({ clientId: client.id })
}
