import { deleted } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { list } from '../shapes.ts'
import { changeGateBody, createGateBody, gate } from './schemas.ts'

/** Conditions for checks by proxies. */
export const gatesOperations = {
  listGates: operation({
    on: ['GET', '/v1/gates'],
    status: 200,
    answer: list(gate),
    tag: 'Gates',
    summary: 'List gates',
    details: 'A gate is a set of requirements that a proxy checks before it passes a request on.',
  }),
  createGate: operation({
    on: ['POST', '/v1/gates'],
    body: createGateBody,
    status: 201,
    answer: gate,
    tag: 'Gates',
    summary: 'Create a gate',
    details: 'The proxy asks at `/forward-auth/gates/NAME`.',
  }),
  getGate: operation({
    on: ['GET', '/v1/gates/:name'],
    status: 200,
    answer: gate,
    tag: 'Gates',
    summary: 'Read a gate',
  }),
  changeGate: operation({
    on: ['PATCH', '/v1/gates/:name'],
    body: changeGateBody,
    status: 200,
    answer: gate,
    tag: 'Gates',
    summary: 'Change a gate',
    details: 'Every process applies the change within a second.',
  }),
  deleteGate: operation({
    on: ['DELETE', '/v1/gates/:name'],
    fresh: true,
    status: 200,
    answer: deleted,
    tag: 'Gates',
    summary: 'Delete a gate',
    details: 'The proxy then gets a refusal for every request.',
  }),
} as const
