import { useSearchParams } from 'wouter'

/** Filters in the address, so that a view can be shared and "back" undoes a choice. They must not contain secrets. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams()
  type Values = Record<Name, string | undefined>
  const values = Object.fromEntries(names.map(name => [name, search.get(name) || undefined])) as Values
  type Some = { [N in Name]?: string | null | undefined }
  /** Sets several filters in one step, because separate steps would overwrite each other. */
  const put = (some: Some) =>
    setSearch(
      before => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries<string | null | undefined>(some)) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace: true },
    )
  const set = (name: Name, value: string | null | undefined) => put({ [name]: value } as Some)
  /** The properties of a select. */
  const pick = (name: Name) => ({
    value: values[name] ?? null,
    onChange: (value: string | null) => set(name, value),
    clearable: true,
  })
  const drop = (...gone: Name[]) => put(Object.fromEntries(gone.map(name => [name, null])) as Some)
  const clear = () => setSearch(new URLSearchParams(), { replace: true })
  const query = new URLSearchParams(names.flatMap(name => (values[name] ? [[name, values[name]]] : []))).toString()
  return { values, put, set, pick, drop, clear, query, any: query !== '' }
}
