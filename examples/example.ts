import type { Server } from 'node:http'
import type { World } from '../src/core/world.ts'
import type { Connection } from '../src/guard/decide/options.ts'
import type { Scope } from '../src/model/scopes/scope.ts'

/** A guarded API and what it needs before it can be called. */
export type Example = {
  /** The scopes that the API declares. */
  scopes?: readonly Scope[]
  /** The audience of the API at this address; without it a name that leads nowhere. */
  audience?: (api: string) => string
  /** People may allow applications with a key of the API, in the place of a sign-in. */
  keyConsent?: boolean
  /** What an operator would do once. Returns what the printed calls need. */
  prepare(world: World): Promise<Record<string, string>>
  /** The API at this address; its guard asks the server it is connected to. */
  open(connection: Connection, api: string): Api | Promise<Api>
  /** Calls that work as pasted. */
  calls(at: { server: string; api: string }, made: Record<string, string>): string[]
}

export type Api = { server: Server; close(): Promise<unknown> }
