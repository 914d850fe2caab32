import assert from 'node:assert/strict'
import { type Asking, caller, type Told } from './call.ts'
import type { TestServer } from './server.ts'

/* Clients that register themselves (RFC 7591, RFC 7592). */

export const REGISTER = '/oauth2/register'
export type Registered = Record<string, string> & { client_id: string; registration_access_token: string }

export const register = (server: Pick<TestServer, 'url'>, json: object, asking: Asking = {}): Promise<Told> =>
  caller(server)('POST', REGISTER, { json, ...asking })

export async function registered(
  server: Pick<TestServer, 'url'>,
  json: object,
  asking: Asking = {},
): Promise<Registered> {
  const told = await register(server, json, asking)
  assert.equal(told.status, 201, told.text)
  return told.body as Registered
}

export const manage = (
  server: Pick<TestServer, 'url'>,
  method: string,
  { client_id, registration_access_token: bearer }: Registered,
  more: Asking = {},
): Promise<Told> => caller(server)(method, `${REGISTER}/${client_id}`, { bearer, ...more })

/** Status and error of an answer. */
export const said = ({ status, body }: Told): string => `${status} ${body['error']}`
