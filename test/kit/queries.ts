import type { CompiledQuery } from 'kysely'
import type { Engine } from '../../src/store/engine.ts'

/** Counts the statements that are read from the database from now on, outside of transactions. */
export function countQueries({ db }: Engine): () => number {
  let count = 0
  const executor = db.getExecutor()
  const run = executor.executeQuery.bind(executor)
  executor.executeQuery = <R>(query: CompiledQuery<R>) => {
    count++
    return run<R>(query)
  }
  return () => count
}
