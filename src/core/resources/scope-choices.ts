import type { ScopeText } from '../../model/clients/client.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import type { ScopeNeeds } from './scope-rules.ts'

/** The scopes that people can choose: by API, other described ones, and those of older systems. */
export async function scopeChoices(needs: ScopeNeeds): Promise<ScopeChoices> {
  const [apis, texts] = await Promise.all([needs.resources.list(), needs.scopes.list()])
  const taken = new Set<Scope>()
  const fresh = (scopes: readonly Scope[]): Scope[] => {
    const left = [...new Set(scopes)].filter(scope => !taken.has(scope))
    for (const scope of left) taken.add(scope)
    return left
  }
  const ofApis = apis.map(({ name, scopes }) => ({ api: name, scopes: fresh(scopes) }))
  const declared = taken.size > 0
  return {
    apis: ofApis.filter(({ scopes }) => scopes.length > 0),
    described: fresh(texts.map(({ scope }) => scope)),
    older: fresh(needs.rules.knownScopes),
    texts,
    free: needs.rules.scopes === 'free' || !declared,
  }
}

/** Keeps the scopes for which `fits` is true, such as those that the person may hand out. */
export const grantable = (choices: ScopeChoices, fits: (scope: Scope) => boolean): ScopeChoices => ({
  ...choices,
  apis: choices.apis
    .map(({ api, scopes }) => ({ api, scopes: scopes.filter(fits) }))
    .filter(({ scopes }) => scopes.length > 0),
  described: choices.described.filter(fits),
  older: choices.older.filter(fits),
})

export type ScopeChoices = {
  apis: { api: string; scopes: Scope[] }[]
  described: Scope[]
  older: Scope[]
  texts: readonly ScopeText[]
  /** True if people may also type other scopes. */
  free: boolean
}
