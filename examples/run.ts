import { EXAMPLES, type ExampleName, startExample } from './start.ts'

/* `npm run example NAME`: runs one example until Ctrl-C. */
const name = process.argv[2] ?? ''
if (!Object.hasOwn(EXAMPLES, name)) {
  console.error(`Which one? npm run example ${Object.keys(EXAMPLES).join(' | ')}`)
  process.exit(2)
}
const started = await startExample(name as ExampleName, { server: 8420, api: 3000 })
console.log(
  `Claviger  ${started.server.url}\nAPI       ${started.api}\n\nTry it:\n\n${started.calls.join('\n\n')}\n\nStop: Ctrl-C`,
)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void started.stop().then(() => process.exit(0)))
