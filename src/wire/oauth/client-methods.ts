import type { ClientProof } from '../../core/oauth/authenticate-client.ts'
import { readBasic } from '../../http/authorization-header.ts'
import type { Params } from '../../http/params.ts'
import type { WireRequest } from '../../http/request.ts'
import { Refusal, type RefusalCode } from '../../model/refusal.ts'

/** A way in which clients prove who they are, under its registered name (RFC 7591 section 2). */
export type ClientMethod = {
  name: string
  /** Whether a client that uses it proves anything; otherwise it only names itself. */
  proves: boolean
  /** What it finds in a request; `undefined` where it was not used. */
  read(sent: Sent): Found | undefined
}
/** What a request says about its client. */
type Sent = { basic: ReturnType<typeof readBasic>; id: string | undefined; secret: string | undefined }
type Found = { id: string | undefined; secrets: string[] }

export const CLIENT_METHODS: readonly ClientMethod[] = [
  {
    name: 'client_secret_basic',
    proves: true,
    // RFC 6749 section 2.3.1 wants both parts form-encoded; many clients send them raw. Ours read the same either way.
    read: ({ basic }) =>
      basic && {
        id: formDecode(basic.user),
        secrets: [...new Set([basic.password, formDecode(basic.password)])].filter(one => one !== ''),
      },
  },
  {
    name: 'client_secret_post',
    proves: true,
    read: ({ id, secret }) => (secret === undefined ? undefined : { id, secrets: [secret] }),
  },
  {
    name: 'none',
    proves: false,
    read: ({ basic, id, secret }) => (basic || secret !== undefined ? undefined : { id, secrets: [] }),
  },
]

/**
 * RFC 6749 section 2.3: a request uses one of the methods, never two. `twoNames`: what it is when Basic and body name two
 * clients: to some a failed proof, to the standard a faulty request.
 */
export function readClientProof(
  request: WireRequest,
  body: Params,
  twoNames: RefusalCode = 'client-proof-wrong',
): ClientProof {
  const sent = { basic: readBasic(request), id: body.one('client_id'), secret: body.one('client_secret') }
  const used = CLIENT_METHODS.flatMap(method => {
    const found = method.read(sent)
    return found ? [{ ...found, method: method.name }] : []
  })
  const [found, second] = used
  if (second) throw new Refusal('client-methods-mixed', used.map(({ method }) => method).join(' and '))
  if (found?.id === undefined) throw new Refusal('client-proof-missing', 'no client_id', { parameter: 'client_id' })
  const { id, secrets } = found
  if (sent.id !== undefined && sent.id !== id && sent.id !== sent.basic?.user)
    throw new Refusal(twoNames, `Basic names ${id}, the body ${sent.id}`, {
      parameter: 'client_id',
      sentence: 'The client_id in the body is not the client that authenticated.',
    })
  return { clientId: id, secrets, ip: request.ip }
}

function formDecode(text: string): string {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
