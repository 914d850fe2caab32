import type { z } from 'zod'
import { type ChangeCredential, changeCredential } from '../../../core/credentials/change-credential.ts'
import { foreseeEnding } from '../../../core/credentials/foresee-ending.ts'
import { type IssueKey, issueKey } from '../../../core/credentials/issue/issue-key.ts'
import { issueTokenPair } from '../../../core/credentials/issue/issue-token-pair.ts'
import { recallCredential } from '../../../core/credentials/recall-credential.ts'
import { revokeAll } from '../../../core/credentials/revoke-all.ts'
import { revokeCredential } from '../../../core/credentials/revoke-credential.ts'
import { rotateKey } from '../../../core/credentials/rotate-key.ts'
import type { World } from '../../../core/world.ts'
import type { Credential, CredentialKind } from '../../../model/credentials/credential.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { answered, given, type Handlers, milliseconds, showPage, userIdOf } from '../handler.ts'
import { namesIn } from '../names.ts'
import { showImpact } from './impact.ts'
import { KIND_SHOWN } from './kinds.ts'
import { readListQuery } from './list-query.ts'
import type { credentialsOperations } from './operations.ts'
import type { createCredentialBody } from './schemas.ts'
import { showCredential } from './show.ts'

export const credentialsHandlers: Handlers<keyof typeof credentialsOperations> = {
  async listCredentials(world, act, { query }) {
    const { filter, page: ask, unusedDays } = await readListQuery(world, act, query)
    const page = await world.credentials.list(filter, ask)
    const names = await namesIn(world, page.items)
    return answered(showPage(page, one => showCredential(one, names, world.now(), { unusedDays })))
  },

  async createCredential(world, act, { body }) {
    const userId = userIdOf(act.by, body.owner_id ?? 'me')
    if (body.kind === 'token_pair') {
      const { credential, token } = await issueTokenPair(world, act, { userId, ...pairOf(body) })
      return {
        body: { credential: await shown(world, credential), secret: token },
        location: `/v1/credentials/${credential.id}`,
      }
    }
    if (body.days !== undefined) throw notWith('days', body.kind)
    const { credential, secret } = await issueKey(world, act, {
      kind: body.kind === 'api_key' ? 'api-key' : 'application-token',
      userId,
      name: body.name ?? '',
      ...given<Partial<IssueKey>>({
        scopes: body.scopes ?? undefined,
        audience: body.audience,
        networks: body.networks,
        note: body.note,
        metadata: body.metadata,
        expiresAt: body.expires_at == null ? undefined : milliseconds(body.expires_at),
      }),
    })
    return {
      body: { credential: await shown(world, credential), secret },
      location: `/v1/credentials/${credential.id}`,
    }
  },

  getCredential: async (world, act, { id }) => answered(await shown(world, await recallCredential(world, act, id))),

  async changeCredential(world, act, { id, body }) {
    const { expires_at, ...fields } = body
    const changed = await changeCredential(
      world,
      act,
      given<ChangeCredential>({
        credentialId: id,
        ...fields,
        expiresAt: expires_at == null ? expires_at : milliseconds(expires_at),
      }),
    )
    return answered(await shown(world, changed))
  },

  credentialImpact: async (world, act, { id }) =>
    answered(showImpact(await foreseeEnding(world, act, { of: 'credentials', ids: [id] }))),

  async rotateCredential(world, act, { id, body }) {
    const { credential, secret } = await rotateKey(world, act, {
      credentialId: id,
      overlapSeconds: body.overlap_seconds,
    })
    return {
      body: { credential: await shown(world, credential), secret },
      location: `/v1/credentials/${credential.id}`,
    }
  },

  async revokeCredential(world, act, { id }) {
    const { count } = await revokeCredential(world, act, { credentialId: id })
    return answered({ revoked: count })
  },

  async revokeCredentials(world, act, { body }) {
    const { ids, owner_id, client_id, kinds } = body
    if ([ids, owner_id, client_id].filter(one => one !== undefined).length !== 1 || (ids && kinds))
      throw new Refusal('parameter-invalid', 'not exactly one of ids, owner_id, client_id', {
        parameter: 'ids',
        sentence: 'Name exactly one of ids, owner_id and client_id; kinds go with the latter two.',
      })
    if (ids) return answered({ revoked: await revokeAll(world, act, { of: 'named', ids: [...new Set(ids)] }) })
    const of = owner_id === undefined ? 'client' : 'user'
    const id = owner_id === undefined ? (client_id ?? '') : userIdOf(act.by, owner_id)
    const some = kinds && { kinds: kinds.map(kind => KIND_SHOWN.get(kind) as CredentialKind) }
    return answered({ revoked: await revokeAll(world, act, { of, id, ...some }) })
  },
}

const shown = async (world: World, credential: Credential) =>
  showCredential(credential, await namesIn(world, [credential]), world.now())

/** Reads the fields of a token pair; refuses all others. */
function pairOf({ name, days, ...others }: CreateBody): { name?: string; days?: number | 'until-revoked' } {
  for (const field of ['scopes', 'audience', 'networks', 'expires_at', 'note', 'metadata'] as const)
    if (others[field] != null) throw notWith(field, others.kind)
  return { ...(name !== undefined && { name }), ...(days !== undefined && { days: days ?? 'until-revoked' }) }
}

const notWith = (field: string, kind: string) =>
  new Refusal('parameter-invalid', `${field} with ${kind}`, {
    parameter: field,
    sentence: `A credential of the kind ${kind} takes no ${field}.`,
  })

type CreateBody = z.infer<typeof createCredentialBody>
