import type { World } from '../../core/world.ts'
import { announce } from '../../guard/answer/sunset.ts'
import type { Dialect } from '../../wire/dialect.ts'

/**
 * Adds the headers that announce the end of a dialect (RFC 9745, RFC 8594) to its answers, for each dialect whose end
 * the operator has set.
 */
export function announceSunsets({
  rules,
  now,
}: World): (dialect: Dialect) => Readonly<Record<string, string>> | undefined {
  const started = now()
  const headers = new Map(
    Object.entries(rules.sunsets).map(([name, { deprecatedAt, sunsetAt }]) => [
      name,
      // A dialect with an end but no date of deprecation counts as deprecated now.
      announce({ deprecated: new Date(Math.min(deprecatedAt ?? started, sunsetAt)), sunset: new Date(sunsetAt) }),
    ]),
  )
  return ({ switchedBy }) => switchedBy && headers.get(switchedBy)
}
