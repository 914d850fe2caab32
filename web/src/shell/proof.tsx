import { useQueryClient } from '@tanstack/react-query'
import { type ComponentType, useEffect, useState } from 'react'
import { setAsker } from '../api/proof.ts'

type Dialog = ComponentType<{ open: boolean; onEnd(given: boolean): void }>

/** The dialog that asks for a proof. Its code is loaded when the first proof is needed. */
export function Proof() {
  const client = useQueryClient()
  const [asked, setAsked] = useState<{ Dialog: Dialog; open: boolean; answer(given: boolean): void }>()
  useEffect(
    () =>
      setAsker(async () => {
        const { default: Dialog } = await import('./proof-dialog.tsx')
        // Reads the session again, because a second factor may have been set up in another tab.
        await client.refetchQueries({ queryKey: ['getSession'] })
        return new Promise(answer => setAsked({ Dialog, open: true, answer }))
      }),
    [client],
  )
  if (!asked) return null
  const end = (given: boolean) => {
    setAsked({ ...asked, open: false })
    asked.answer(given)
  }
  return <asked.Dialog open={asked.open} onEnd={end} />
}
