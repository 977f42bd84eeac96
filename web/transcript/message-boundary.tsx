import type { ReactNode } from 'react'
import type { Message } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import { Boundary } from '../ui/boundary.tsx'
import { t } from '#shared/translate.ts'

interface MessageBoundaryProps {
  message: Message
  children: ReactNode
}

/** A message that cannot be drawn shows its plain text and leaves the rest of the thread alone. */
export function MessageBoundary({ message, children }: MessageBoundaryProps) {
  return <Boundary fallback={<PlainText message={message} />}>{children}</Boundary>
}

function PlainText({ message }: { message: Message }) {
  return (
    <div>
      <p className="pb-2 text-sm text-warn">{t`This message could not be drawn; here is its text.`}</p>
      <p className="wrap-anywhere whitespace-pre-wrap">{messageText(message)}</p>
    </div>
  )
}
