/** One row per setting: its names, parser, default and description. */
export type Setting<T> = {
  env: string
  aliases?: readonly string[]
  flag?: string
  parse: (text: string) => T
  /** Writes a value that is not a text, number or list in the form that `parse` reads. */
  show?(value: T): string
  /** A function if the default depends on the environment (`development` or `production`). */
  standard: T | ((production: boolean) => T)
  /** A secret may also come from the file that `<ENV>_FILE` names, and is never shown. */
  secret?: true
  sentence: string
}
