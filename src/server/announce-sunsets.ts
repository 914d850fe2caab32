import type { World } from '../core/world.ts'
import { announce } from '../guard/answer/sunset.ts'
import type { Dialect } from '../wire/dialect.ts'

/** The headers with which each dialect announces its end (RFC 9745, RFC 8594), for the operator who wants that. */
export function announceSunsets({
  rules,
  now,
}: World): (dialect: Dialect) => Readonly<Record<string, string>> | undefined {
  const started = now()
  const headers = new Map(
    Object.entries(rules.sunsets).map(([name, { deprecatedAt, sunsetAt }]) => [
      name,
      // An end without a date of deprecation counts as deprecated now.
      announce({ deprecated: new Date(Math.min(deprecatedAt ?? started, sunsetAt)), sunset: new Date(sunsetAt) }),
    ]),
  )
  return ({ switchedBy }) => switchedBy && headers.get(switchedBy)
}
