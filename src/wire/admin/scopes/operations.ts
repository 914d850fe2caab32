import { deleted } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { list } from '../shapes.ts'
import { putScopeBody, scopeText } from './schemas.ts'

/** Descriptions of scopes. */
export const scopesOperations = {
  listScopes: operation({
    on: ['GET', '/v1/scopes'],
    status: 200,
    answer: list(scopeText),
    tag: 'Scopes',
    summary: 'List scope descriptions',
  }),
  putScope: operation({
    on: ['PUT', '/v1/scopes/:scope'],
    body: putScopeBody,
    status: 200,
    answer: scopeText,
    tag: 'Scopes',
    summary: 'Describe a scope',
    details: 'The consent page shows the description.',
  }),
  deleteScope: operation({
    on: ['DELETE', '/v1/scopes/:scope'],
    status: 200,
    answer: deleted,
    tag: 'Scopes',
    summary: 'Delete a scope description',
  }),
} as const
