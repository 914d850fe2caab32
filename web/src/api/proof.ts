/*
 * What makes a secret or takes rights needs a proof of the last ten minutes. The server says so; then the dialog that is
 * on every page asks for it in place, and the request is sent once more.
 */

type AskForProof = () => Promise<boolean>

let asker: AskForProof | undefined
let asking: Promise<boolean> | undefined

/** The dialog that asks; returns what takes it away. */
export function setAsker(ask: AskForProof): () => void {
  asker = ask
  return () => {
    asker = undefined
  }
}

/** Whether the proof was given. Requests that need one at the same time wait for the same dialog. */
export async function proofGiven(): Promise<boolean> {
  asking ??= asker?.().finally(() => {
    asking = undefined
  })
  return (await asking) ?? false
}
