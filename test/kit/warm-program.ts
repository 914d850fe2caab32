import { chmod, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { command } from './warm-command.ts'

/**
 * Writes a program `claviger` into the folder, for lines that a shell reads. It leaves its words and its input to the
 * process that runs commands in turn (`warm-command.ts`), and ends as the command there did. `more` are words added to
 * every call.
 */
export async function writeWarmProgram(folder: string, env: Record<string, string>, more: readonly string[] = []) {
  const socket = join(folder, 'socket')
  const program = join(folder, 'claviger')
  await writeFile(
    program,
    `#!/bin/sh
call=$(mktemp -d '${folder}/call-XXXXXX')
printf '%s\\0' "$@" > "$call/words"
cat > "$call/input"
curl -sS --unix-socket '${socket}' "http://localhost$call" || exit
cat "$call/stdout"
cat "$call/stderr" >&2
exit "$(cat "$call/code")"
`,
  )
  await chmod(program, 0o700)
  const host = createServer(async (request, response) => {
    const call = request.url as string
    const words = (await readFile(join(call, 'words'), 'utf8')).split('\0').slice(0, -1)
    const said = await command([...words, ...more], { env, input: await readFile(join(call, 'input')) })
    for (const name of ['stdout', 'stderr', 'code'] as const) await writeFile(join(call, name), String(said[name]))
    response.end()
  })
  await new Promise<void>(resolve => host.listen(socket, resolve))
  return { close: () => new Promise<void>(resolve => host.close(() => resolve())) }
}
