import { type KeyboardEvent, useRef } from 'react'
import { type ConversationSummary, MAX_TITLE_CHARS } from '#shared/api.ts'
import { useRename } from './use-rename.ts'
import { t } from '#shared/translate.ts'

interface RenameProps {
  conversation: ConversationSummary
  /** Called when editing ends, with or without a new title. */
  onClose: () => void
}

/** Enter and blur save the title; Escape and an empty title discard it. */
export function Rename({ conversation: { id, title }, onClose }: RenameProps) {
  const rename = useRename(id, title)
  const closed = useRef(false)

  const close = (wanted: string) => {
    // Closing removes the field, which blurs it again.
    if (closed.current) return
    closed.current = true
    if (wanted !== '' && wanted !== title) rename(wanted)
    onClose()
  }
  const decide = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') close(event.currentTarget.value.trim())
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close(title)
  }

  return (
    <input
      ref={selectAll}
      aria-label={t`Conversation title`}
      className="h-9 w-full min-w-0 rounded-lg border border-line-strong bg-surface px-2.5 text-sm pointer-coarse:h-11"
      defaultValue={title}
      maxLength={MAX_TITLE_CHARS}
      onKeyDown={decide}
      onBlur={(event) => close(event.currentTarget.value.trim())}
    />
  )
}

function selectAll(field: HTMLInputElement | null) {
  field?.focus()
  field?.select()
}
