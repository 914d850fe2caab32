import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { Scene, Spot } from './scene.ts'

/** The selected spots, one or several neighbours, and the selected value; without `name`, all values. */
export type Pick = { from: number; to: number; name?: string | undefined }
type State = { anchor: number; at: number; name?: string | undefined; dragging: boolean; byKey?: true }

/**
 * Selects spots by pointer, dragging or keys. Left and right move, with Shift they extend the selection; up and down
 * choose a value (or a row, if there are rows); Enter opens; Escape clears.
 */
export function usePick(scene: Scene, open: ((pick: Pick) => void) | undefined) {
  const [state, setState] = useState<State>()
  const last = scene.spots.length - 1
  const rows = scene.perRow !== undefined
  const pick = state && {
    from: Math.min(state.anchor, state.at, last),
    to: Math.min(Math.max(state.anchor, state.at), last),
    name: state.name,
  }

  function move(to: number, extend: boolean) {
    const at = Math.max(0, Math.min(last, to))
    setState({ anchor: extend && state ? state.anchor : at, at, name: state?.name, dragging: false, byKey: true })
  }

  function onKeyDown(event: KeyboardEvent) {
    const here = state?.at ?? last
    const page = scene.perRow ?? Math.max(1, Math.round(last / 10))
    const steps: Record<string, number> = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last }
    const pages: Record<string, number> = { PageUp: here + page, PageDown: here - page }
    const vertical: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 }
    const to = steps[event.key] ?? pages[event.key]
    const down = vertical[event.key]
    if (to !== undefined) move(state || event.key === 'Home' ? to : last, event.shiftKey && !rows)
    else if (down !== undefined && rows) move(Math.max(0, Math.min(last, here + down * page)), false)
    else if (down !== undefined && state)
      setState({ ...state, name: nextName(scene.spots[here], state.name, down), byKey: true })
    else if (event.key === 'Escape' && state) setState(undefined)
    else if ((event.key === 'Enter' || event.key === ' ') && pick) open?.(pick)
    else return
    event.preventDefault()
  }

  const spotAt = (event: PointerEvent<HTMLElement>) => {
    const area = event.currentTarget.getBoundingClientRect()
    const first = scene.spots[0] as Spot
    const [x, y] = [event.clientX - area.left + first.x, event.clientY - area.top + first.y]
    const nearest = scene.spots.findLastIndex(spot => spot.x <= x && spot.y <= y)
    return { at: Math.max(0, nearest), y }
  }
  const nameAt = (at: number, y: number) =>
    scene.spots[at]?.values.find(({ place }) => place && y >= place.from && y <= place.to)?.name

  return {
    pick,
    handlers: {
      onKeyDown,
      onBlur: () => setState(undefined),
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0 || event.pointerType === 'touch') return
        const { at, y } = spotAt(event)
        event.currentTarget.setPointerCapture(event.pointerId)
        setState({ anchor: at, at, name: nameAt(at, y), dragging: true })
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (isStill(event)) return
        const { at, y } = spotAt(event)
        // With rows, two spots do not enclose a time range, so dragging selects one spot.
        if (state?.dragging && rows) setState({ ...state, anchor: at, at })
        else if (state?.dragging) setState({ ...state, at, name: at === state.anchor ? state.name : undefined })
        else if (event.pointerType !== 'touch') setState({ anchor: at, at, name: nameAt(at, y), dragging: false })
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        const { at, y } = spotAt(event)
        if (event.pointerType !== 'touch') {
          if (state?.dragging && pick) open?.(pick)
          return
        }
        // A finger covers the spot, so the first touch shows it and the second one opens it.
        if (pick && state?.at === at) open?.(pick)
        else setState({ anchor: at, at, name: nameAt(at, y), dragging: false })
      },
      onPointerLeave: (event: PointerEvent) => {
        if (!state?.dragging && !state?.byKey && event.pointerType !== 'touch') setState(undefined)
      },
    },
  }
}

/** True if the page moved under a resting pointer, for example by scrolling with the keyboard. */
const isStill = ({ movementX, movementY }: PointerEvent): boolean => movementX === 0 && movementY === 0

function nextName(spot: Spot | undefined, now: string | undefined, by: number): string | undefined {
  const names = [undefined, ...(spot?.values ?? []).filter(({ text }) => text !== '0').map(({ name }) => name)]
  return names[(names.indexOf(now) + by + names.length) % names.length]
}
