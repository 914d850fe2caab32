import type { ReactNode } from 'react'

/** A place that can be chosen: a bucket of time, a group or an hour of the week. */
export type Spot = {
  x: number
  y: number
  width: number
  height: number
  label: string
  values: { name: string; label: string; text: string; place?: { from: number; to: number } | undefined }[]
}
export type Scene = {
  width: number
  height: number
  drawing: ReactNode
  spots: Spot[]
  /** The number of spots in a row; without it, all are in one row. */
  perRow?: number
  /** Each sample is 16 wide and 14 high. */
  legend: { name: string; label: string; sample: ReactNode }[]
}
