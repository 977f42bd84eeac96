import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import type { Folder } from '#shared/folders.ts'
import { visibleText } from '#shared/visible-text.ts'
import { loadedConversations } from '../api/conversation-lists.ts'
import { useChange } from './use-change.ts'

/** A link to a conversation that is dropped on a folder moves the conversation there. */
export function useDrop({ id, name }: Folder) {
  const client = useQueryClient()
  const change = useChange()
  const [isOver, setOver] = useState(false)
  const leave = () => setOver(false)
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('text/uri-list')) return
    event.preventDefault()
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    leave()
    const [, dropped] = /\/c\/([\w-]+)$/.exec(event.dataTransfer.getData('text/uri-list')) ?? []
    const item = loadedConversations(client).find((known) => known.id === dropped)
    if (item === undefined) return
    event.preventDefault()
    if (item.folderId !== id) change([item], { folderId: id }, `“${visibleText(name)}”`)
  }
  return { isOver, handlers: { onDragOver, onDragLeave: leave, onDrop } }
}
