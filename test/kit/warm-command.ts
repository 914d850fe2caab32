import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { environmentOf, command as inProcessOfItsOwn, type Manner, type Outcome, outcomeOf } from './command.ts'

/*
 * For tests of what a command does and says, not of its process: to start one takes longer than most commands, so one
 * process that has the command line loaded runs them in turn.
 */

export type Order = { words: readonly string[]; env: Record<string, string>; cwd: string; input: string | Uint8Array }
export type Said = { code: number; stdout: string; stderr: string }

let host: ChildProcess | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * As `command` of `command.ts`, in a process that is shared with the commands before and after. A server has its own, and so
 * has a command with options for Node.
 */
export function command(words: readonly string[], manner: Omit<Manner, 'binary'> = {}): Promise<Outcome> {
  if (words[0] === 'start' || manner.env?.['NODE_OPTIONS']) return inProcessOfItsOwn(words, manner)
  const outcome = last.then(() =>
    ask({ words, env: environmentOf(manner), cwd: manner.cwd ?? process.cwd(), input: manner.input ?? '' }),
  )
  last = outcome.catch(() => {})
  return outcome
}

async function ask(order: Order): Promise<Outcome> {
  host ??= open()
  const at = host
  at.ref()
  at.channel?.ref()
  const answered = new AbortController()
  const ended = once(at, 'exit', answered).then(([code]) => {
    host = undefined
    throw new Error(`claviger ${order.words.join(' ')} ended its process (${code})`)
  })
  try {
    at.send(order)
    const [said] = (await Promise.race([once(at, 'message', answered), ended])) as [Said]
    return outcomeOf(said)
  } finally {
    answered.abort()
    ended.catch(() => {})
    at.unref()
    at.channel?.unref()
  }
}

/** It ends when the process of the test does, which closes the channel. */
const open = (): ChildProcess =>
  fork(join(import.meta.dirname, 'command-host.ts'), { execArgv: ['--conditions=source'], serialization: 'advanced' })
