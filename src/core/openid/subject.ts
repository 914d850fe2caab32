import type { Client } from '../../model/client.ts'
import type { User } from '../../model/user.ts'

/** The `sub` by which a client knows a person (OpenID Connect Core section 8). */
export const subjectFor = (_client: Pick<Client, 'id'>, user: Pick<User, 'id'>): string => user.id
