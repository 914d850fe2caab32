import { Component, type ReactNode } from 'react'
import { Failure } from './failure.tsx'

/** Browsers say each in their own words that a part of the program did not come; of its styles, the loader says it. */
const NOT_LOADED = /imported module|module script|load module|preload CSS/i
const inWords = (error: unknown): unknown =>
  error instanceof Error && NOT_LOADED.test(error.message)
    ? new Error('This page could not be loaded. Check the connection, then try again.')
    : error

/** A page that breaks, or whose chunk is gone after an update, takes nothing else with it. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error: inWords(error) }
  }

  override render() {
    return this.state.error === undefined ? (
      this.props.children
    ) : (
      <Failure error={this.state.error} onRetry={() => window.location.reload()} />
    )
  }
}
