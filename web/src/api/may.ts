import type { Operation, OperationId } from '../../../src/wire/admin/contract.ts'

export type May = (operation: OperationId) => boolean
type Takes = Record<OperationId, { needs: Operation['needs'] }>

/** The operations that these permissions allow by the contract. The scope `users` covers `users:read`, but not the reverse. */
export const mayWith =
  (operations: Takes, permissions: readonly string[]): May =>
  operation =>
    operations[operation].needs.every(scope => permissions.some(held => held === scope || scope.startsWith(`${held}:`)))
