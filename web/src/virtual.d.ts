declare module 'virtual:theme.css'

declare module 'virtual:operations' {
  export const OPERATIONS: Record<
    import('../../src/wire/admin/contract.ts').OperationId,
    {
      on: import('../../src/wire/admin/contract.ts').Operation['on']
      needs: string[]
      self?: 'own' | 'all'
      summary: string
    }
  >
}
