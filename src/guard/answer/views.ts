import { type JsonAnswer, JsonResponseNotAllowed } from './json-answers.ts'

/* A view is a function, or an object or class with one function for each HTTP method. */

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const
type Method = (typeof METHODS)[number]

/** A view returns a `JsonAnswer` or an answer of the framework; it returns nothing if it has sent the answer itself. */
export type ViewFunction<Args extends unknown[]> = (...args: Args) => unknown
export type ViewMethods<Args extends unknown[]> = { [M in Method]?: ViewFunction<Args> }
export type View<Args extends unknown[]> = ViewFunction<Args> | ViewMethods<Args> | (new () => ViewMethods<Args>)

/** Runs the function of a view for this HTTP method. Each request gets a new instance of a class, so the instance may keep state. */
export function runView<Args extends unknown[]>(view: View<Args>, method: string, args: Args): unknown {
  if (typeof view === 'function' && !isClass(view)) return (view as ViewFunction<Args>)(...args)
  const methods = typeof view === 'function' ? new (view as new () => ViewMethods<Args>)() : view
  const handler = methods[method.toLowerCase() as Method] ?? (method === 'HEAD' ? methods.get : undefined)
  return handler ? handler.apply(methods, args) : notAllowed(methods)
}

function notAllowed<Args extends unknown[]>(methods: ViewMethods<Args>): JsonAnswer {
  const allowed = METHODS.filter(method => methods[method]).map(method => method.toUpperCase())
  return JsonResponseNotAllowed('Method not allowed.', allowed)
}

const isClass = (view: unknown): boolean =>
  typeof view === 'function' &&
  METHODS.some(method => typeof (view.prototype as ViewMethods<[]> | undefined)?.[method] === 'function')
