import {
  deleteOwnClient,
  findOwnClient,
  type ListOwnClients,
  listOwnClients,
} from '../../../core/clients/own-clients.ts'
import { registerApplication } from '../../../core/clients/register-application.ts'
import type { RegisterClient, RegisteredClient } from '../../../core/clients/register-client.ts'
import type { Issued } from '../../../core/oauth/grants/grant-type.ts'
import { type RegisterAccount, registerAccount } from '../../../core/users/register-account.ts'
import type { Source, World } from '../../../core/world.ts'
import { pushPublicKey } from '../../../crypto/push-key.ts'
import type { Client } from '../../../model/client.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Principal } from '../../../model/verdict.ts'
import type { OwnApps, WithPushKey } from './answers.ts'
import type { Acting } from './callers.ts'

/* The decisions about applications, each with the key that this family wants to see beside every application. */

const withPushKey = <T extends object>(world: World, fact: T): WithPushKey<T> => ({
  ...fact,
  pushKey: pushPublicKey(world.vault),
})

export const registerApp = async (
  world: World,
  ownerId: string | undefined,
  ask: Omit<RegisterClient, 'ownerId'>,
): Promise<WithPushKey<RegisteredClient>> => withPushKey(world, await registerApplication(world, ownerId, ask))

/** The application a token was issued to. */
export const findApp = async (world: World, who: Principal): Promise<WithPushKey<{ client: Client }>> =>
  withPushKey(world, { client: await clientOf(world, who) })

async function clientOf(world: World, { client }: Principal): Promise<Client> {
  const found = client && (await world.directory.client(client.id))
  if (!found) throw new Refusal('credential-revoked', `client ${client?.id} is gone`)
  return found
}

/** Whoever holds a token of a user has an account already. */
export async function signUp(world: World, who: Principal, ask: RegisterAccount): Promise<Issued> {
  if (who.subject) throw new Refusal('permission-missing', `${who.subject.handle} has an account`)
  return registerAccount(world, { client: await clientOf(world, who), scopes: who.scopes }, ask)
}

export async function listOwnApps(
  world: World,
  { subject }: Acting,
  ask: ListOwnClients,
): Promise<WithPushKey<OwnApps>> {
  const { items, nextCursor } = await listOwnClients(world, subject.id, ask)
  return withPushKey(world, { items, more: nextCursor !== undefined, at: `${world.rules.issuer}/api/v1/apps` })
}

type OneApp = { number: number; from: Source }
export const findOwnApp = async (world: World, { subject }: Acting, ask: OneApp) =>
  withPushKey(world, { client: await findOwnClient(world, subject.id, ask) })

export const deleteOwnApp = async (world: World, { subject }: Acting, ask: OneApp) =>
  withPushKey(world, { client: await deleteOwnClient(world, subject.id, ask) })
