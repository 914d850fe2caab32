import { EVERYTHING, NOTHING } from '../../model/scopes/scope.ts'
import type { Call } from '../program/command.ts'

/**
 * Asks at the terminal which scopes a key or token gets, grouped by API. Returns undefined for all rights of the owner.
 */
export async function askScopes({ manage }: Pick<Call, 'manage'>): Promise<string[] | undefined> {
  const [{ items: apis }, { items: texts }] = await Promise.all([manage('listResourceServers'), manage('listScopes')])
  const declared = apis.filter(({ scopes }) => scopes.length > 0)
  if (declared.length === 0) return undefined
  const { groupMultiselect, isCancel, select } = await import('@clack/prompts')
  const output = process.stderr
  const how = await select({
    message: 'What may it do?',
    options: [
      { value: 'some', label: 'some scopes, which you choose' },
      { value: 'everything', label: EVERYTHING },
      { value: 'nothing', label: `${NOTHING} but say who it is` },
    ],
    output,
  })
  if (isCancel(how)) process.exit(130)
  if (how !== 'some') return how === 'nothing' ? [] : undefined
  const words = new Map(texts.map(text => [text.scope, text]))
  const option = (scope: string) => {
    const text = words.get(scope)
    const hint = [text?.sentence, text?.risk === 'high' && 'high risk'].filter(Boolean).join(', ')
    return { value: scope, label: scope, ...(hint && { hint }) }
  }
  const chosen = await groupMultiselect({
    message: 'Scopes (space chooses, Enter ends)',
    options: Object.fromEntries(declared.map(({ name, scopes }) => [name, scopes.map(option)])),
    required: false,
    output,
  })
  if (isCancel(chosen)) process.exit(130)
  return [...new Set(chosen as string[])]
}
