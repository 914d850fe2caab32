/** A means by which a user authenticates: a row of `authenticators` with a method from `core/sign-in/methods`. */
export type Authenticator = {
  id: string
  userId: string
  method: MethodName
  /** The value that a proof is compared with, hashed or sealed by the method. */
  data: string
  /** `pending`: not usable before its first proof. `spent`: a single-use authenticator that was used. */
  state: 'active' | 'pending' | 'spent'
  createdAt: number
  /** Exact to an hour. */
  lastUsedAt?: number
}

export type MethodName = 'password' | 'one-time-code' | 'recovery-code'
