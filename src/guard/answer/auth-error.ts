import type { Problem } from '../decide/judge.ts'
import type { Denial } from './denials.ts'
import { nameOfProblem, type ProblemName } from './problems.ts'

/** The error with which a guard refuses a request. Clients may see `message`; `detail` is for the log only. */
export class AuthError extends Error {
  readonly status: number
  readonly code: ProblemName
  readonly headers: Readonly<Record<string, string>>
  /** The body of the answer in the format of the profile, ready to be sent as JSON. */
  readonly body: object
  readonly detail: string

  constructor(problem: Problem, denial: Denial, detail: string = nameOfProblem(problem), options?: ErrorOptions) {
    super(`${denial.status}: ${nameOfProblem(problem)}`, options)
    this.name = 'AuthError'
    this.status = denial.status
    this.code = nameOfProblem(problem)
    this.headers = denial.headers
    this.body = denial.body
    this.detail = detail
  }

  /** Returns the refusal as a response of the web platform. */
  toResponse(): Response {
    return new Response(JSON.stringify(this.body), { status: this.status, headers: this.headers })
  }
}

/** The error if the server that checks credentials does not answer. */
export class Unavailable extends Error {
  override name = 'Unavailable'
  readonly retryAfterSeconds: number

  /** A server in this process may have its own copy of this class, so `instanceof` compares the name. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'Unavailable' && 'retryAfterSeconds' in value
  }

  constructor(message: string, retryAfterSeconds = 1, options?: ErrorOptions) {
    super(message, options)
    this.retryAfterSeconds = retryAfterSeconds
  }
}
