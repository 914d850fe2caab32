/**
 * A job as a person does it: each step is one thing they click, press or type. More than a job may take is an error, so
 * the number that a test states is the number that it takes.
 */
export type Job = { step<T>(what: string, act: () => Promise<T>): Promise<T>; taken(): number }

export const MOST_STEPS = 8

export function job(most = MOST_STEPS): Job {
  const taken: string[] = []
  return {
    async step(what, act) {
      taken.push(what)
      if (taken.length > most) throw new Error(`more than ${most} steps: ${taken.join('; ')}`)
      return act()
    },
    taken: () => taken.length,
  }
}
