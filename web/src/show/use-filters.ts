import { useSearchParams } from 'wouter'

/** Filters live in the address, so a view can be shared, and "back" undoes a choice. Never put a secret there. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams()
  const values = Object.fromEntries(names.map(name => [name, search.get(name) || undefined])) as Record<
    Name,
    string | undefined
  >
  const change = (names: readonly Name[], value: string | null | undefined) =>
    setSearch(
      before => {
        const next = new URLSearchParams(before)
        for (const name of names) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace: true },
    )
  const set = (name: Name, value: string | null | undefined) => change([name], value)
  const drop = (...names: Name[]) => change(names, null)
  const clear = () => setSearch(new URLSearchParams(), { replace: true })
  const query = new URLSearchParams(names.flatMap(name => (values[name] ? [[name, values[name]]] : []))).toString()
  return { values, set, drop, clear, query, any: query !== '' }
}
