import type { Noun } from '../program/command.ts'

export const openapi: Noun = {
  verbs: [
    {
      at: '',
      about: 'Print the OpenAPI 3.1 description of the HTTP API, which a server also serves at /openapi.json',
      examples: ['claviger openapi > openapi.json'],
      onlyHere: 'it is about this program; a server has its own at /openapi.json',
      async run({ config }) {
        const { describeHttp } = await import('../../server/operate/describe-http.ts')
        const document = describeHttp(config())
        return { json: document, text: JSON.stringify(document, null, 2) }
      },
    },
  ],
}
