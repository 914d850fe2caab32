/** Used assertions, kept until they expire and shared by all processes of a database. */
export type AssertionStore = {
  /** Returns `false` if the assertion was used before. `id` is a digest, `endsAt` milliseconds since 1970. */
  use(id: string, endsAt: number): Promise<boolean>
}
