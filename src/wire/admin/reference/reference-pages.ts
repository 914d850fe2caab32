import { html } from 'ghtml'
import type { WireAnswer } from '../../dialect.ts'
import { bare } from '../../ui/html.ts'
import type { Frame } from '../../ui/page-request.ts'
import type { Json } from '../openapi/json.ts'
import type { Reader } from './reader.ts'
import { showFields, typeOf, withCode } from './reference-schemas.ts'
import { tabs } from './tabs.ts'

/* The reference for people, made from the OpenAPI document. */

type Described = {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  parameters?: { name: string; in: string; required: boolean; schema: Json; $ref?: string }[]
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<string, { description?: string; $ref?: string; content?: Record<string, { schema: Json }> }>
}
type Entry = Described & { method: string; path: string }
type Document = {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Json> }
  tags: { name: string }[]
}

export function showReference(document: Json, frame: Reader): WireAnswer {
  const { paths, components, tags } = document as unknown as Document
  const entries = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]): Entry => ({ ...described, method: method.toUpperCase(), path })),
  )
  const groups = tags.map(({ name }) => ({ name, entries: entries.filter(entry => entry.tags.includes(name)) }))
  return bare(frame, {
    title: 'API reference',
    width: 'wide',
    site: { user: frame.user, area: 'docs' },
    body: html`!${tabs(frame, '/docs')}<div lang="en" class="reference">
<h1>API reference</h1>
<p class="lead">Everything that can be called here, from the same table that the server answers from. For programs: <a href="/openapi.json">openapi.json</a>.</p>
!${start(frame)}
<nav aria-label="Groups"><ul class="groups">!${groups.map(({ name }) => html`<li><a href="#${slug(name)}">${name}</a></li>`)}</ul></nav>
!${groups.map(
      group => html`<section aria-labelledby="${slug(group.name)}"><h2 id="${slug(group.name)}">${group.name}</h2>
!${group.entries.map(entry => showEntry(entry, components.schemas, frame.rules.issuer))}</section>`,
    )}
</div>`,
  })
}

const start = ({ rules }: Frame): string => html`<section aria-labelledby="start"><h2 id="start">Start</h2>
<p>Create a token in the console under Credentials, or with <code>claviger token create</code>, and put it into an environment variable.</p>
<pre><code>export CLAVIGER_TOKEN=...
curl -H "Authorization: Bearer $CLAVIGER_TOKEN" ${rules.issuer}/v1/whoami</code></pre>
<p>The management API takes access tokens, application tokens and API keys that carry the scope an operation names. Lists come in pages: send <code>next_cursor</code> back as <code>cursor</code>. Errors say a <a href="/docs/errors">code</a> and a request id.</p></section>`

function showEntry(entry: Entry, schemas: Record<string, Json>, issuer: string): string {
  const { operationId, method, path, summary, description = '', parameters = [], requestBody, responses } = entry
  const own = parameters.filter(parameter => parameter.$ref === undefined)
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))
  const answer = Object.values(good?.[1].content ?? {})[0]?.schema
  return html`<details class="operation" id="${operationId}">
<summary><code class="method ${method.toLowerCase()}">${method}</code> <code>${path}</code> <span>${summary}</span></summary>
!${description === '' ? '' : html`<p>!${withCode(description)}</p>`}
!${own.length === 0 ? '' : html`<h3>Parameters</h3>!${showParameters(own)}`}
!${body === undefined ? '' : html`<h3>Body <small>${type}</small></h3>!${showFields(body.schema, schemas)}`}
!${answer === undefined ? '' : html`<h3>Answer <small>${good?.[0]}</small></h3>!${showFields(answer, schemas)}`}
<h3>Try it</h3>
<pre><code>${sample(entry, issuer, type)}</code></pre>
</details>`
}

const showParameters = (parameters: NonNullable<Described['parameters']>): string =>
  html`<dl class="fields">!${parameters.map(
    ({ name, in: place, required, schema }) =>
      html`<dt><code>${name}</code> <small>${typeOf(schema)}, ${place}${required ? ', required' : ''}</small></dt><dd>!${withCode(String(schema['description'] ?? ''))}</dd>`,
  )}</dl>`

function sample({ method, path, requestBody }: Entry, issuer: string, type: string | undefined): string {
  const parts = [`curl${method === 'GET' ? '' : ` -X ${method}`} -H "Authorization: Bearer $CLAVIGER_TOKEN"`]
  if (requestBody && type === 'application/json') parts.push(`-H 'Content-Type: application/json' -d '{ ... }'`)
  else if (requestBody) parts.push(`-d 'name=value'`)
  parts.push(`'${issuer}${path}'`)
  return parts.join(' \\\n  ')
}

const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
