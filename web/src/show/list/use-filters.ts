import { useSearchParams } from 'wouter'

/** Filters in the address, so that a view can be shared and "back" undoes a choice. They must not contain secrets. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams()
  const values = Object.fromEntries(names.map(name => [name, search.get(name) || undefined])) as Record<
    Name,
    string | undefined
  >
  /** Sets several filters in one step, because separate steps would overwrite each other. */
  const put = (some: { [N in Name]?: string | null | undefined }) =>
    setSearch(
      before => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(some) as [Name, string | null | undefined][]) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace: true },
    )
  const set = (name: Name, value: string | null | undefined) =>
    put({ [name]: value } as { [N in Name]?: string | null | undefined })
  const drop = (...gone: Name[]) =>
    put(Object.fromEntries(gone.map(name => [name, null])) as { [N in Name]?: string | null })
  const clear = () => setSearch(new URLSearchParams(), { replace: true })
  const query = new URLSearchParams(names.flatMap(name => (values[name] ? [[name, values[name]]] : []))).toString()
  return { values, put, set, drop, clear, query, any: query !== '' }
}
