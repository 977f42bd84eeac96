// Imports of conversations. The upload is the one request whose progress is shown.
import { queryOptions } from '@tanstack/react-query'
import { ImportJob, ImportList, ImportStarted } from '#shared/imports.ts'
import { ApiError, request, send } from './request.ts'
import { t } from '#shared/translate.ts'

const POLL_MS = 500

export const importsQuery = () =>
  queryOptions({
    queryKey: ['imports'],
    queryFn: ({ signal }) => request('/api/imports', ImportList, { signal }),
    staleTime: 0,
  })

/** Asks again while it goes on in the background. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => request(`/api/imports/${id}`, ImportJob, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.state === 'reading' || state.data?.state === 'importing' ? POLL_MS : false,
  })

export function startImport(id: string): Promise<ImportJob> {
  return request(`/api/imports/${id}/start`, ImportJob, { method: 'POST' })
}

export async function cancelImport(id: string): Promise<void> {
  await send(`/api/imports/${id}`, { method: 'DELETE' })
}

/** `fetch` does not tell how much of a body is sent. Resolves with the id of the import. */
export function uploadImport(
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('POST', '/api/imports')
    sending.setRequestHeader('Content-Type', 'application/octet-stream')
    sending.setRequestHeader('X-File-Name', encodeURIComponent(file.name))
    sending.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total))
    sending.addEventListener('error', () =>
      reject(new ApiError(0, 'unanswered', t`Tally does not answer. Check that it is running.`)),
    )
    sending.addEventListener('load', () => {
      const answer: unknown = readJson(sending.responseText)
      const started = ImportStarted.safeParse(answer)
      if (sending.status === 202 && started.success) return resolve(started.data.id)
      reject(new ApiError(sending.status, 'http_error', detailOf(answer)))
    })
    signal.addEventListener('abort', () => sending.abort())
    sending.send(file)
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function detailOf(answer: unknown): string {
  const isProblem = typeof answer === 'object' && answer !== null && 'detail' in answer
  return isProblem ? String(answer.detail) : t`The file could not be uploaded. Try again.`
}
