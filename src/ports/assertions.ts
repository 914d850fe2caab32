/** Assertions that were accepted, each until it ends, for all processes of a database. */
export type AssertionStore = {
  /** `false`: it was used before. `id` is a digest, `endsAt` milliseconds since the epoch. */
  use(id: string, endsAt: number): Promise<boolean>
}
