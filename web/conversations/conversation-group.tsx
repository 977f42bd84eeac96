import { useId } from 'react'
import type { ConversationSummary } from '#shared/conversation.ts'
import { ConversationRow } from './conversation-row.tsx'

interface ConversationGroupProps {
  label: string
  items: ConversationSummary[]
  onNavigate: (() => void) | undefined
}

export function ConversationGroup({ label, items, onNavigate }: ConversationGroupProps) {
  const headingId = useId()
  if (items.length === 0) return null
  return (
    <section className="pb-4">
      <h2 id={headingId} className="px-2.5 pb-1 text-xs font-medium text-muted">
        {label}
      </h2>
      <ul aria-labelledby={headingId}>
        {items.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            onNavigate={onNavigate}
          />
        ))}
      </ul>
    </section>
  )
}
