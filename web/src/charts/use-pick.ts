import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { Scene, Spot } from './scene.ts'

/** The selected spots, one or several neighbours, and the selected value; without `name`, all values. */
export type Pick = { from: number; to: number; name: string | undefined }
/** `by` is what selected last. Only a hover ends when the pointer leaves. */
type State = { anchor: number; at: number; name: string | undefined; by: 'hover' | 'drag' | 'touch' | 'key' }

/**
 * Selects spots by pointer, dragging or keys. Left and right move, with Shift they extend the selection; up and down
 * choose a value (or a row, if there are rows); Enter opens; Escape clears.
 */
export function usePick({ spots, perRow }: Scene, open: (pick: Pick) => void) {
  const [state, setState] = useState<State>()
  const last = spots.length - 1
  const pick = state && {
    from: Math.min(state.anchor, state.at, last),
    to: Math.min(Math.max(state.anchor, state.at), last),
    name: state.name,
  }

  function onKeyDown(event: KeyboardEvent) {
    const here = state?.at ?? last
    const page = perRow ?? Math.max(1, Math.round(last / 10))
    const vertical: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 }
    const row = vertical[event.key]
    const moves: Record<string, number> = {
      ...{ ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last, PageUp: here - page, PageDown: here + page },
      ...(perRow && row && { [event.key]: here + row * perRow }),
    }
    const to = moves[event.key]
    if (to !== undefined) {
      const at = state || event.key === 'Home' ? Math.max(0, Math.min(last, to)) : last
      setState({ anchor: (event.shiftKey && !perRow && state?.anchor) || at, at, name: state?.name, by: 'key' })
    } else if (row && state) setState({ ...state, name: nextName(spots[here], state.name, row), by: 'key' })
    else if (event.key === 'Escape' && state) setState(undefined)
    else if ((event.key === 'Enter' || event.key === ' ') && pick) open(pick)
    else return
    event.preventDefault()
  }

  function under(event: PointerEvent<HTMLElement>) {
    const area = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - area.left + (spots[0]?.x ?? 0), event.clientY - area.top + (spots[0]?.y ?? 0)]
    const at = Math.max(
      0,
      spots.findLastIndex(spot => spot.x <= x && spot.y <= y),
    )
    const name = spots[at]?.values.find(({ place }) => place && y >= place.from && y <= place.to)?.name
    return { anchor: at, at, name }
  }

  return {
    pick,
    handlers: {
      onKeyDown,
      onBlur: () => setState(undefined),
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0 || event.pointerType === 'touch') return
        event.currentTarget.setPointerCapture(event.pointerId)
        setState({ ...under(event), by: 'drag' })
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        // Without movement, the page scrolled under a resting pointer.
        if (event.pointerType === 'touch' || (event.movementX === 0 && event.movementY === 0)) return
        const { at, anchor, name } = under(event)
        // With rows, two spots do not enclose a time range, so dragging selects one spot.
        if (state?.by !== 'drag') setState({ at, anchor, name, by: 'hover' })
        else if (perRow) setState({ ...state, anchor, at })
        else setState({ ...state, at, name: at === state.anchor ? state.name : undefined })
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        const there = under(event)
        // A finger covers the spot, so the first touch shows it and the second one opens it.
        if (event.pointerType === 'touch' && state?.at !== there.at) setState({ ...there, by: 'touch' })
        else if (pick && (event.pointerType === 'touch' || state?.by === 'drag')) open(pick)
      },
      onPointerLeave: () => {
        if (state?.by === 'hover') setState(undefined)
      },
    },
  }
}

function nextName(spot: Spot | undefined, now: string | undefined, by: number): string | undefined {
  const names = [undefined, ...(spot?.values ?? []).filter(({ text }) => text !== '0').map(({ name }) => name)]
  return names[(names.indexOf(now) + by + names.length) % names.length]
}
