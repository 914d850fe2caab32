/** Asks again and again until it is so. The bound is generous: it tells a hang from slowness, and measures nothing. */
export async function eventually(holds: () => Promise<boolean>, withinMilliseconds = 15_000): Promise<void> {
  const end = performance.now() + withinMilliseconds
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`still not so after ${withinMilliseconds} ms: ${holds}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
