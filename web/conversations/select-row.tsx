import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react'
import type { ConversationSummary } from '#shared/conversation.ts'
import { visibleText } from '#shared/visible-text.ts'
import { useStore } from '../ui/store.ts'
import { listView } from './list-view.ts'

/** A row while conversations are being selected. Shift selects all from the last one to this one. */
export function SelectRow({ conversation }: { conversation: ConversationSummary }) {
  const title = visibleText(conversation.title)
  const checked = useStore(listView, () => listView.isSelected(conversation.id))
  const box = useRef<HTMLInputElement>(null)
  // The menu that began the selection is gone.
  useEffect(() => {
    if (listView.last() === conversation.id) box.current?.focus()
  }, [conversation.id])
  const choose = (event: MouseEvent<HTMLInputElement>) => {
    const { checked: selected } = event.currentTarget
    const more = event.shiftKey ? rowsBetween(event.currentTarget) : []
    listView.choose([...more, conversation.id], selected)
  }
  return (
    <label className="flex h-9 min-w-0 flex-1 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-sm pointer-coarse:h-11">
      <input
        ref={box}
        type="checkbox"
        data-item
        data-id={conversation.id}
        tabIndex={-1}
        className="size-4 shrink-0 accent-accent"
        checked={checked}
        onClick={choose}
        onChange={() => {}}
        onKeyDown={endOnEscape}
      />
      <span className="truncate">{title}</span>
    </label>
  )
}

function endOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return
  // Keeps Escape from closing a drawer around the list.
  event.preventDefault()
  event.stopPropagation()
  listView.select(null)
}

/** The ids of the rows between the one that was chosen last and this one. */
function rowsBetween(box: HTMLElement): string[] {
  const boxes = [...(box.closest('nav')?.querySelectorAll<HTMLElement>('input[data-id]') ?? [])]
  const ids = boxes.map(({ dataset }) => dataset['id'] ?? '')
  const from = ids.indexOf(listView.last() ?? '')
  const to = boxes.indexOf(box)
  return from === -1 ? [] : ids.slice(Math.min(from, to), Math.max(from, to) + 1)
}
