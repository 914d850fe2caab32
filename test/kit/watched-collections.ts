import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/*
 * Watches every Map and Set of this process that has texts as keys, so that a test can see what they hold on to from
 * the import on.
 */

const held: WeakRef<Map<unknown, unknown> | Set<unknown>>[] = []
const seen = new WeakSet<object>()

function watch(collection: Map<unknown, unknown> | Set<unknown>): void {
  if (seen.has(collection)) return
  seen.add(collection)
  held.push(new WeakRef(collection))
}

const { set } = Map.prototype
Map.prototype.set = function (key, value) {
  if (typeof key === 'string') watch(this)
  return set.call(this, key, value)
}
const { add } = Set.prototype
Set.prototype.add = function (value) {
  if (typeof value === 'string') watch(this)
  return add.call(this, value)
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Every text that is a key of a living Map or an element of a living Set. */
export async function heldKeys(): Promise<string[]> {
  // A reference that was looked at in this turn holds until its end.
  await new Promise(setImmediate)
  collect()
  return held.flatMap(one => [...(one.deref()?.keys() ?? [])]).filter((key): key is string => typeof key === 'string')
}

export function usedHeap(): number {
  collect()
  return process.memoryUsage().heapUsed
}
