import type { World } from '../../src/core/world.ts'

/** What is stored of a user's password. */
export async function storedPassword(world: World, userId = ''): Promise<string | undefined> {
  return (await world.authenticators.ofUser(userId)).find(({ method }) => method === 'password')?.data
}

export async function knowsPassword(world: World, userId: string | undefined, password: string): Promise<boolean> {
  return (await world.passwords.verify(password, await storedPassword(world, userId))).right
}
