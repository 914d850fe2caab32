import type { World } from '../world.ts'

/* Seals the stored password string of another system, so that it cannot be read from a stolen database alone. */

const SEAL = 'imported-password'

export const sealImportedPassword = (needs: Pick<World, 'vault'>, stored: string): string =>
  needs.vault.seal(SEAL, stored)

export const openImportedPassword = (needs: Pick<World, 'vault'>, sealed: string): string | undefined =>
  needs.vault.open(SEAL, sealed)
