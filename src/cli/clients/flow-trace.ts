import type { Reply } from '../remote/ask-server.ts'

/** Secret parameters, and the shell variable that replaces each in the curl command. */
const SECRETS: Record<string, string> = {
  client_secret: 'CLIENT_SECRET',
  code: 'CODE',
  code_verifier: 'CODE_VERIFIER',
  refresh_token: 'REFRESH_TOKEN',
  access_token: 'ACCESS_TOKEN',
  id_token: 'ID_TOKEN',
}

/** Shows a request, its answer and the equivalent curl command for people, without secrets. */
export function showExchange(url: string, form: Record<string, string>, { status, json, text }: Reply): string[] {
  const shown = Object.entries(form).map(([name, value]) => `${name}=${SECRETS[name] ? '…' : value}`)
  const answer =
    json === undefined ? text.slice(0, 500) : JSON.stringify(json, (name, value) => (SECRETS[name] ? '…' : value))
  return [
    `> POST ${url}`,
    ...shown.map(line => `>   ${line}`),
    `< ${status} ${answer}`,
    `curl ${url} ${Object.entries(form).map(curlField).join(' ')}`,
  ]
}

const curlField = ([name, value]: [string, string]): string => {
  const variable = SECRETS[name]
  return variable
    ? `--data-urlencode "${name}=$${variable}"`
    : `--data-urlencode '${name}=${value.replaceAll("'", `'\\''`)}'`
}
