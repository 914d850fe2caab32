/** The scopes by name, or a function that reads them from the request: `requireScopes(request => scopesOfCall(request.body, TOOLS))`. */
export type Needed<Request> =
  | readonly string[]
  | readonly [(request: Request) => readonly string[] | Promise<readonly string[]>]

export async function neededFor<Request>(needed: Needed<Request>, request: Request): Promise<readonly string[]> {
  const [first] = needed
  return typeof first === 'function' ? first(request) : (needed as readonly string[])
}
