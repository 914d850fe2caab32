import type { World } from '../world.ts'

/* What is kept of a password string of another system; a stolen database alone does not show it. */

const SEAL = 'imported-password'

export const sealImportedPassword = (needs: Pick<World, 'vault'>, stored: string): string =>
  needs.vault.seal(SEAL, stored)

export const openImportedPassword = (needs: Pick<World, 'vault'>, sealed: string): string | undefined =>
  needs.vault.open(SEAL, sealed)
