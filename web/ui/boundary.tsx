import { Component, type ReactNode } from 'react'

interface BoundaryProps {
  /** Replaces children that fail to render. */
  fallback: ReactNode
  children: ReactNode
}

/** Limits a render error to its children. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  static getDerivedStateFromError() {
    return { failed: true }
  }

  override state = { failed: false }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
