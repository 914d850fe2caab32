import type { World } from '../../src/core/world.ts'

/** Something to act on, made anew, what the console would ask, and how one sees whether it happened. */
export type Case = (world: World, me: string, password: string) => Promise<Arranged>
type Arranged = {
  what: unknown
  /** A credential that stands in a variable of the shell. */
  credential?: string
  /** Absent: it changes nothing, and what it tells is compared. */
  see?: () => Promise<unknown>
}
