import assert from 'node:assert/strict'

/** A person in front of a browser without scripts: keeps cookies, follows our redirects, fills in the forms it is shown. */
export type Person = {
  /** Goes to an address; follows redirects as long as they stay on this server. */
  visit(url: string, init?: RequestInit): Promise<Sight>
  /** Sends the form on the page in sight, with its hidden fields; `values` are typed in (or change what is there). */
  submit(values: Record<string, string>, init?: RequestInit): Promise<Sight>
  cookies: Map<string, string>
}
/** What is seen in the end: a page of this server, or where the browser was sent. */
export type Sight = { url: string; status: number; headers: Headers; html: string; sentTo?: URL }

export function person(base: string): Person {
  const cookies = new Map<string, string>()
  let sight: Sight | undefined

  async function once(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers({ accept: 'text/html', ...(init.headers as Record<string, string>) })
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }

  async function visit(url: string, init: RequestInit = {}): Promise<Sight> {
    let target = new URL(url, sight?.url ?? base).href
    let step = init
    for (let hops = 0; hops < 10; hops++) {
      const answer = await once(target, step)
      const html = await answer.text()
      const location = answer.headers.get('location')
      sight = { url: target, status: answer.status, headers: answer.headers, html }
      if (location === null) return sight
      const next = new URL(location, target)
      if (next.origin !== new URL(base).origin || next.protocol !== new URL(base).protocol) {
        sight.sentTo = next
        return sight
      }
      target = next.href
      step = {}
    }
    throw new Error(`too many redirects, last ${target}`)
  }

  return {
    cookies,
    visit,
    submit(values, init = {}) {
      assert.ok(sight, 'no page is open')
      const form = readForm(sight.html)
      const body = new URLSearchParams({ ...form.fields, ...values })
      return visit(new URL(form.action, sight.url).href, { method: 'POST', body, ...init })
    },
  }
}

/** The (only) form of a page: where it goes and what it carries already. */
export function readForm(html: string): { action: string; fields: Record<string, string> } {
  const form = /<form\b[^>]*\baction="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(html)
  assert.ok(form, `no form on this page:\n${html.slice(0, 2000)}`)
  const fields: Record<string, string> = {}
  for (const [tag] of (form[2] as string).matchAll(/<input\b[^>]*>/g)) {
    const attribute = (name: string) => plainText(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
    if (/type="hidden"/.test(tag)) fields[attribute('name')] = attribute('value')
  }
  return { action: plainText(form[1] as string), fields }
}

const plainText = (text: string): string => text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
