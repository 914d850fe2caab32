import { Component, type ReactNode } from 'react'
import { Failure } from './failure.tsx'

/** A page that breaks, or whose chunk is gone after an update, takes nothing else with it. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    return this.state.error === undefined ? (
      this.props.children
    ) : (
      <Failure error={this.state.error} onRetry={() => window.location.reload()} />
    )
  }
}
