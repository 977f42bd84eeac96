import { Component, type ReactNode } from 'react'
import { type Message, messageText } from '#shared/message.ts'

interface MessageBoundaryProps {
  message: Message
  children: ReactNode
}

/** A message that cannot be drawn shows its plain text and leaves the rest of the thread alone. */
export class MessageBoundary extends Component<MessageBoundaryProps, { failed: boolean }> {
  static getDerivedStateFromError() {
    return { failed: true }
  }

  override state = { failed: false }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <div>
        <p className="pb-2 text-sm text-warn">This message could not be drawn; here is its text.</p>
        <p className="wrap-anywhere whitespace-pre-wrap">{messageText(this.props.message)}</p>
      </div>
    )
  }
}
