// For tests: attached files.
import { FileInfo } from '#shared/files.ts'
import type { StartedRuns } from './runs.ts'

export async function uploadFile(
  tally: StartedRuns,
  name: string,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<FileInfo> {
  const headers = { 'x-file-name': encodeURIComponent(name) }
  const response = await tally.request('/api/files', { method: 'POST', headers, body })
  if (response.status !== 201) throw new Error(await response.text())
  return FileInfo.parse(await response.json())
}
