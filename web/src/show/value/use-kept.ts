import { useLocalStorage } from '@mantine/hooks'

/** A value that this browser keeps. Check what it is, because other versions of the console may have written it. */
export const useKept = <Value>(name: string, defaultValue: Value) =>
  useLocalStorage<Value>({ key: `claviger.${name}`, defaultValue, getInitialValueInEffect: false })
