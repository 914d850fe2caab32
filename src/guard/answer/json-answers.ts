/*
 * Answer helpers with the names and rules of django-tokenapi. A success adds `success: true` unless the data contains
 * errors; lists are sent unchanged; an error has status 200 unless the view sets another status.
 */

/** An answer as data, which each shell sends with its own framework. */
export class JsonAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The JSON text. */
  readonly text: string

  constructor(data: unknown, status: number, headers: Record<string, string> = {}) {
    this.status = status
    this.headers = { 'content-type': 'application/json', ...headers }
    this.text = JSON.stringify(data)
  }

  toResponse(): Response {
    return new Response(new TextEncoder().encode(this.text), { status: this.status, headers: this.headers })
  }
}

export function JsonResponse(data: unknown, status = 200): JsonAnswer {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  return new JsonAnswer(isObject && !Object.hasOwn(data, 'errors') ? { ...data, success: true } : data, status)
}

export const JsonError = (errors: string, status = 200): JsonAnswer =>
  new JsonAnswer({ success: false, errors }, status)

export const JsonResponseBadRequest = (errors: string): JsonAnswer => JsonError(errors, 400)
export const JsonResponseUnauthorized = (errors: string): JsonAnswer => JsonError(errors, 401)
export const JsonResponseForbidden = (errors: string): JsonAnswer => JsonError(errors, 403)
export const JsonResponseNotFound = (errors: string): JsonAnswer => JsonError(errors, 404)
export const JsonResponseNotAllowed = (errors: string, methods: readonly string[] = []): JsonAnswer =>
  new JsonAnswer({ success: false, errors }, 405, methods.length > 0 ? { allow: methods.join(', ') } : {})
export const JsonResponseNotAcceptable = (errors: string): JsonAnswer => JsonError(errors, 406)
