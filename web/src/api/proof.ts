/*
 * Operations that make a secret or take rights require a proof of the last ten minutes. After such a refusal, a dialog
 * asks for the proof, and the request is sent again.
 */

type AskForProof = () => Promise<boolean>

let asker: AskForProof | undefined
let asking: Promise<boolean> | undefined

/** Registers the dialog. Returns a function that unregisters it. */
export function setAsker(ask: AskForProof): () => void {
  asker = ask
  return () => {
    asker = undefined
  }
}

/** Resolves to true if the person gave the proof. Concurrent requests wait for the same dialog. */
export async function proofGiven(): Promise<boolean> {
  asking ??= asker?.()
    // The dialog's code could not be loaded. The refusal is shown as it came.
    .catch(() => false)
    .finally(() => {
      asking = undefined
    })
  return (await asking) ?? false
}
