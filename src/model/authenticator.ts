/** How a user proves who they are: rows of `authenticators`, each of a method in `core/sign-in/methods`. */
export type Authenticator = {
  id: string
  userId: string
  method: MethodName
  /** What the proof is compared with, hashed or sealed by the method. */
  data: string
  /** `pending` waits for its first proof and opens nothing; `spent` was good once. */
  state: 'active' | 'pending' | 'spent'
  createdAt: number
  /** Exact to an hour. */
  lastUsedAt?: number
}

export type MethodName = 'password' | 'one-time-code' | 'recovery-code'
