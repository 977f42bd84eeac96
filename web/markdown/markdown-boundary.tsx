import { Component, type ReactNode } from 'react'

interface Props {
  text: string
  children: ReactNode
}

/** Keeps a text readable whatever happens while it is drawn: it then shows as it was written. */
export class MarkdownBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    const { text, children } = this.props
    return this.state.failed ? <div className="markdown md-plain">{text}</div> : children
  }
}
