import type { ClientMethod } from './client-method.ts'

/** A public client sends only its id (RFC 6749 section 3.2.1). */
export const none: ClientMethod = {
  name: 'none',
  presents: 'nothing',
  parameters: ['client_id'],
  read: ({ parameters }) => ({ clientId: parameters.one('client_id') }),
  proves: async (_needs, client) => client.type === 'public' || {},
}
