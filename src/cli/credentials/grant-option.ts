import { GRANT_TYPES, type GrantTypeName } from '../../model/clients/client.ts'
import type { Option } from '../program/command.ts'
import { type Options, usage } from '../program/options.ts'

export const GRANT: Option = {
  flags: '--grant <type>',
  about: `grant type that it may use: ${GRANT_TYPES.join(', ')} (can be repeated)`,
  many: true,
}

/** Accepts the URN of an extension grant, or its last part. */
export const readGrants = (options: Options): GrantTypeName[] =>
  options
    .all('grant')
    .flatMap(one => one.split(/[\s,]+/))
    .map(one => {
      const known = GRANT_TYPES.find(type => type === one || type.endsWith(`:${one}`))
      if (!known) throw usage('grant', `must be one of ${GRANT_TYPES.join(', ')}, not "${one}"`)
      return known
    })
