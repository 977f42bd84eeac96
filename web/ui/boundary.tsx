import { Component, type ReactNode } from 'react'

interface BoundaryProps {
  /** Stands in the place of what could not be drawn. */
  fallback: ReactNode
  children: ReactNode
}

/** Keeps what breaks inside it from taking the rest of the page along. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  static getDerivedStateFromError() {
    return { failed: true }
  }

  override state = { failed: false }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
