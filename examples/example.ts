import type { Server } from 'node:http'
import type { World } from '../src/core/world.ts'
import type { Connection } from '../src/guard/decide/options.ts'

/** A guarded API and what it needs before it can be called. */
export type Example = {
  /** What an operator would do once. Returns what the printed calls need. */
  prepare(world: World): Promise<Record<string, string>>
  /** The API; its guard asks the server it is connected to. */
  open(connection: Connection): Api | Promise<Api>
  /** Calls that work as pasted. */
  calls(at: { server: string; api: string }, made: Record<string, string>): string[]
}

export type Api = { server: Server; close(): Promise<unknown> }
