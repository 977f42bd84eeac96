// Uploads a file as it is. With fetch, a browser does not tell how far it is.
import { FileInfo } from '#shared/files.ts'
import { ApiError, toApiError } from './request.ts'
import { t } from '#shared/translate.ts'

export function fileUrl(id: string): string {
  return `/api/files/${encodeURIComponent(id)}`
}

/** `onProgress` gets the share that is sent, up to 1. */
export function uploadFile(
  file: Blob,
  name: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<FileInfo> {
  const sent = Promise.withResolvers<FileInfo>()
  const request = new XMLHttpRequest()
  request.open('POST', '/api/files')
  request.setRequestHeader('content-type', file.type || 'application/octet-stream')
  request.setRequestHeader('x-file-name', encodeURIComponent(name.toWellFormed()))
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (total > 0) onProgress(loaded / total)
  })
  request.addEventListener('error', () =>
    sent.reject(new ApiError(0, 'unanswered', t`Tally does not answer. Check that it is running.`)),
  )
  request.addEventListener('load', () => void read(request).then(sent.resolve, sent.reject))
  signal.addEventListener('abort', () => {
    request.abort()
    sent.reject(signal.reason)
  })
  request.send(file)
  return sent.promise
}

async function read({ status, responseText }: XMLHttpRequest): Promise<FileInfo> {
  const response = new Response(responseText, { status })
  if (!response.ok) throw await toApiError(response)
  return FileInfo.parse(await response.json())
}
