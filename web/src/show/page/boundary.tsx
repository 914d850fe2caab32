import { Component, type ReactNode } from 'react'
import { t } from '../../language/t.ts'
import { Failure } from './failure.tsx'

/** Messages of browsers for a script that could not be loaded, and of the loader for a style sheet. */
const NOT_LOADED = /imported module|module script|load module|preload CSS/i
const inWords = (error: unknown): unknown =>
  error instanceof Error && NOT_LOADED.test(error.message)
    ? new Error(t('This page could not be loaded. Check the connection, then try again.'))
    : error

/**
 * Shows an error in place of the page, also if an update has removed a file of the page. The rest of the console keeps
 * working.
 */
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
