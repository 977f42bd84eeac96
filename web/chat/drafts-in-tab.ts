// Moves drafts from the storage of the browser to that of the tab, which is gone when the tab is closed.
import type { QueryClient } from '@tanstack/react-query'
import { conversationQuery } from '../api/queries.ts'
import { readStored, writeStored } from '../ui/stored.ts'
import { DRAFT, type Drafts, FILES } from './drafts.ts'

/** The draft of a conversation has its id; a message that is being edited has its own. */
export function draftIdsOf(client: QueryClient, conversationId: string): string[] {
  const open = client.getQueryData(conversationQuery(conversationId).queryKey)
  return [conversationId, ...(open?.messages ?? []).map(({ id }) => id)]
}

export function keepDraftsInTab(ids: string[]): void {
  for (const id of ids) {
    for (const key of [DRAFT + id, FILES + id]) {
      const value = readStored(key)
      if (value === null) continue
      inTab((storage) => storage.setItem(key, value))
      writeStored(key, null)
    }
  }
}

/** After a reload. */
export function restoreDrafts(drafts: Drafts, ids: string[]): void {
  for (const id of ids) {
    const [text, files] = [DRAFT + id, FILES + id].map((key) => inTab((tab) => tab.getItem(key)))
    if (text && drafts.get(id) === '') drafts.set(id, text)
    if (files && drafts.files(id).length === 0) drafts.setFiles(id, JSON.parse(files))
  }
}

export function removeDrafts(drafts: Drafts, ids: string[]): void {
  for (const id of ids) {
    if (drafts.get(id) !== '') drafts.set(id, '')
    if (drafts.files(id).length > 0) drafts.setFiles(id, [])
    for (const key of [DRAFT + id, FILES + id]) inTab((storage) => storage.removeItem(key))
  }
}

/** The storage can be full or forbidden. */
function inTab<T>(work: (storage: Storage) => T): T | null {
  try {
    return work(sessionStorage)
  } catch {
    return null
  }
}
