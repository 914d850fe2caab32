import type { World } from '../../src/core/world.ts'

/** The id of a credential, from what its holder has: as it is stored, or as the token itself says. */
export async function credentialIdOf(world: World, presented: string): Promise<string> {
  const opened = await world.statements.open(presented)
  if (opened.is === 'sealed') return opened.statement.id
  const [, payload, signature] = presented.split('.')
  if (signature !== undefined) return JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()).credential_id
  return world.vault.fingerprint(presented).slice(0, 24)
}
