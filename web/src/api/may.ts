import type { Operation, OperationId } from '../../../src/wire/admin/contract.ts'

export type May = (operation: OperationId) => boolean
type Takes = Record<OperationId, { needs: Operation['needs'] }>

/** Which operations these permissions allow, by the contract. Of scopes `users` covers `users:read`, never the other way round. */
export const mayWith =
  (operations: Takes, permissions: readonly string[]): May =>
  operation =>
    operations[operation].needs.every(scope => permissions.some(held => held === scope || scope.startsWith(`${held}:`)))
