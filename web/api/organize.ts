// Requests that keep conversations in order.
import { queryOptions } from '@tanstack/react-query'
import { type BulkChange, BulkResult, MAX_BULK_CONVERSATIONS } from '#shared/api.ts'
import { type CreateFolder, Folder, FolderList, type UpdateFolder } from '#shared/folders.ts'
import { request, send } from './request.ts'

/** In as many requests as it takes. */
export async function changeConversations({ ids, change }: BulkChange): Promise<BulkResult> {
  const all: BulkResult = { changed: [], missing: [], undo: [] }
  for (let from = 0; from < ids.length; from += MAX_BULK_CONVERSATIONS) {
    const body = { ids: ids.slice(from, from + MAX_BULK_CONVERSATIONS), change }
    const part = await request('/api/conversations/bulk', BulkResult, { method: 'POST', body })
    all.changed.push(...part.changed)
    all.missing.push(...part.missing)
    all.undo.push(...part.undo)
  }
  return all
}

export const foldersQuery = () =>
  queryOptions({
    queryKey: ['folders'],
    queryFn: async ({ signal }) => (await request('/api/folders', FolderList, { signal })).items,
  })

export function createFolder(body: CreateFolder): Promise<Folder> {
  return request('/api/folders', Folder, { method: 'POST', body })
}

export function updateFolder(id: string, body: UpdateFolder): Promise<Folder> {
  return request(`/api/folders/${id}`, Folder, { method: 'PATCH', body })
}

export async function deleteFolder(id: string): Promise<void> {
  await send(`/api/folders/${id}`, { method: 'DELETE' })
}

export async function restoreFolder(id: string): Promise<void> {
  await send(`/api/folders/${id}/restore`, { method: 'POST' })
}
