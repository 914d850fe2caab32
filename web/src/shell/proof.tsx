import { type ComponentType, useEffect, useState } from 'react'
import { type AskForProof, setAsker } from '../api/proof.ts'

type Dialog = ComponentType<{ onReady(ask: AskForProof): void }>
type Loaded = { Dialog: Dialog; onReady(ask: AskForProof): void }

/** The dialog that asks for a proof. Its code is loaded when the first proof is needed. */
export function Proof() {
  const [loaded, setLoaded] = useState<Loaded>()
  useEffect(() => {
    let ready: Promise<AskForProof> | undefined
    const load = async () => {
      const { default: Dialog } = await import('./proof-dialog.tsx')
      return new Promise<AskForProof>(onReady => setLoaded({ Dialog, onReady }))
    }
    return setAsker(async () => {
      ready ??= load().catch(error => {
        ready = undefined
        throw error
      })
      return (await ready)()
    })
  }, [])
  return loaded ? <loaded.Dialog onReady={loaded.onReady} /> : null
}
