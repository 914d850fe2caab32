const WIDTH = 24

/** Shows a progress bar if stderr is a terminal. Returns functions that move and end it. */
export function openProgress(label: string): { move(done: number, all: number): void; end(): void } {
  if (!process.stderr.isTTY) return { move: () => {}, end: () => {} }
  let shown = -1
  return {
    move(done, all) {
      const full = Math.round((done / all) * WIDTH)
      if (full === shown) return
      shown = full
      process.stderr.write(
        `\r  ${label}  ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${Math.round((done / all) * 100)} %`,
      )
    },
    end: () => process.stderr.write(`\r${' '.repeat(label.length + WIDTH + 10)}\r`),
  }
}
