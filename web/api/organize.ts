// Requests that keep conversations in order.
import { queryOptions } from '@tanstack/react-query'
import { type BulkChange, BulkResult } from '#shared/api.ts'
import { type CreateFolder, Folder, FolderList, type UpdateFolder } from '#shared/folders.ts'
import { request, send } from './request.ts'

export function changeConversations(body: BulkChange): Promise<BulkResult> {
  return request('/api/conversations/bulk', BulkResult, { method: 'POST', body })
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
