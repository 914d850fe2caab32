/** Returns the same stream with a way to end it from the server; `ends` contains its end function while the stream is open. */
export function endable(stream: ReadableStream<Uint8Array>, ends: Set<() => void>): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  const gone = Promise.withResolvers<{ done: true; value: undefined }>()
  const end = (): void => gone.resolve({ done: true, value: undefined })
  return new ReadableStream({
    start: () => void ends.add(end),
    async pull(controller) {
      const { done, value } = await Promise.race([reader.read(), gone.promise])
      if (!done) return controller.enqueue(value)
      ends.delete(end)
      controller.close()
      await reader.cancel()
    },
    cancel(reason) {
      ends.delete(end)
      return reader.cancel(reason)
    },
  })
}
