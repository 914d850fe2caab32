import { deleteOwnClient } from '../../../core/clients/own/delete-own-client.ts'
import { findOwnClient } from '../../../core/clients/own/find-own-client.ts'
import { type ListOwnClients, listOwnClients } from '../../../core/clients/own/list-own-clients.ts'
import { registerApplication } from '../../../core/clients/register-application.ts'
import type { RegisterClient, RegisteredClient } from '../../../core/clients/register-client.ts'
import type { Issued } from '../../../core/oauth/grants/grant-type.ts'
import { type RegisterAccount, registerAccount } from '../../../core/users/register-account.ts'
import type { World } from '../../../core/world.ts'
import { pushPublicKey } from '../../../crypto/push-key.ts'
import type { Client } from '../../../model/clients/client.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { CredentialAct } from '../../callers/bearer.ts'
import type { OwnApps, WithPushKey } from './answers.ts'
import type { Registrant } from './callers.ts'

/*
 * Decisions about applications. Each answer also contains the push key that this family includes in every application.
 */

const withPushKey = <T extends object>(world: World, fact: T): WithPushKey<T> => ({
  ...fact,
  pushKey: pushPublicKey(world.vault),
})

export const registerApp = async (
  world: World,
  { ownerId, ...act }: Registrant,
  ask: Omit<RegisterClient, 'ownerId'>,
): Promise<WithPushKey<RegisteredClient>> =>
  withPushKey(world, await registerApplication(world, act, ownerId === undefined ? ask : { ...ask, ownerId }))

/** The application of the token. */
export const findApp = async (world: World, act: CredentialAct): Promise<WithPushKey<{ client: Client }>> =>
  withPushKey(world, { client: await clientOf(world, act) })

async function clientOf(world: World, { principal: { client } }: CredentialAct): Promise<Client> {
  const found = client && (await world.lookups.client(client.id))
  if (!found) throw new Refusal('credential-revoked', `client ${client?.id} is gone`)
  return found
}

/** The holder of a user's token has an account already. */
export async function signUp(world: World, act: CredentialAct, ask: RegisterAccount): Promise<Issued> {
  if (act.by.is === 'user') throw new Refusal('permission-missing', `${act.by.user.id} has an account`)
  const client = await clientOf(world, act)
  return registerAccount(world, { by: { ...act.by, client }, from: act.from }, ask)
}

export async function listOwnApps(world: World, act: Act<Oneself>, ask: ListOwnClients): Promise<WithPushKey<OwnApps>> {
  const { items, nextCursor } = await listOwnClients(world, act, ask)
  return withPushKey(world, { items, more: nextCursor !== undefined, at: `${world.rules.issuer}/api/v1/apps` })
}

type OneApp = { number: number }
export const findOwnApp = async (world: World, act: Act<Oneself>, ask: OneApp) =>
  withPushKey(world, { client: await findOwnClient(world, act, ask) })

export const deleteOwnApp = async (world: World, act: Act<Oneself>, ask: OneApp) =>
  withPushKey(world, { client: await deleteOwnClient(world, act, ask) })
