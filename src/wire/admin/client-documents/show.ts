import type { z } from 'zod'
import type { DescribedClient } from '../../../core/clients/documents/find-document.ts'
import { KEPT } from '../../../core/clients/documents/open-document-client.ts'
import type { DocumentEvent } from '../../../core/clients/documents/read-history.ts'
import type * as contract from '../contract.ts'
import { maybeSeconds, seconds } from '../times.ts'

export const showDocument = (
  { client, document }: DescribedClient,
  now: number,
): z.infer<typeof contract.clientDocument> => ({
  client: { id: client.id, name: client.name },
  host: new URL(client.id).host,
  active: client.active,
  reviewed_at: maybeSeconds(client.reviewedAt),
  redirect_uris: client.redirectUris,
  state: document.trouble?.is ?? (now < document.freshUntil ? 'fresh' : 'stale'),
  sentence: document.trouble?.sentence ?? null,
  read_at: seconds(document.readAt),
  asked_at: seconds(document.askedAt),
  fresh_until: seconds(document.freshUntil),
  serves_until: seconds(document.readAt + KEPT),
})

export const showEvent = (event: DocumentEvent): z.infer<typeof contract.documentEvent> => ({
  at: seconds(event.at),
  what: event.what,
  fields: event.fields,
  name_before: event.nameBefore ?? null,
  name_after: event.nameAfter ?? null,
  redirects_added: event.redirectsAdded,
  redirects_gone: event.redirectsGone,
  sentence: event.sentence ?? null,
})
