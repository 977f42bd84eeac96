import { fileUrl } from './files.ts'

/** Without an answer it is not known, and so false. */
export async function isFileMissing(id: string): Promise<boolean> {
  const response = await fetch(fileUrl(id), { method: 'HEAD' }).catch(() => null)
  return response !== null && response.status >= 400 && response.status < 500
}
