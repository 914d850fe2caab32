export type ServerSentEvent = { event: string; data: string }

/** The longest line that is read, in characters; longer than any line of the feed. Limits the memory for a stream without line ends. */
const LONGEST = 1 << 20

/** Reads the part of `text/event-stream` (WHATWG HTML section 9.2.6) that the feed uses. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let event = 'message'
  let data: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      rest += decoder.decode(value, { stream: true })
      const lines = rest.split(/\r\n|\r|\n/)
      rest = lines.pop() ?? ''
      if (rest.length > LONGEST) throw new Error('a line of the event stream is too long')
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield { event, data: data.join('\n') }
          event = 'message'
          data = []
        } else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
        else if (line.startsWith('event:')) event = line.slice(6).trim()
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
