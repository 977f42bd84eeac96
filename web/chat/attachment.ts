// A file that is attached to what is being written.
import type { FileInfo, SendFile } from '#shared/files.ts'
import type { FilePart } from '#shared/message.ts'

export interface Attachment {
  key: string
  name: string
  size: number
  /** Between 0 and 1 while it is uploaded; 1 while the server reads it. */
  progress?: number | undefined
  /** What the server knows of it, once it is uploaded. */
  info?: FileInfo | undefined
  /** Why it could not be attached. */
  error?: string | undefined
  send?: 'original' | undefined
  /** The pages of a PDF to send. Absent: all. */
  pages?: string | undefined
}

export function toPart({ info, send, pages }: Attachment): FilePart[] {
  if (info === undefined) return []
  const { id, type, pages: count, pageTokens: _, ...known } = info
  return [
    {
      type: 'file',
      fileId: id,
      mediaType: type,
      ...known,
      ...(send && { send }),
      ...(count !== undefined && { pages: count }),
      ...(pages !== undefined && { sentPages: pages }),
    },
  ]
}

/** A part of a message that was not sent is attached again. */
export function toAttachment(part: FilePart): Attachment {
  const { fileId: id, mediaType: type, name, size, send, sentPages, type: _, ...known } = part
  return {
    key: id,
    name,
    size,
    info: { id, type, name, size, ...known },
    ...(send && { send }),
    ...(sentPages !== undefined && { pages: sentPages }),
  }
}

/** As a submit names it. */
export function toSendFile({ fileId: id, send, sentPages }: FilePart): SendFile {
  return { id, send: send ?? 'whole', ...(sentPages !== undefined && { pages: sentPages }) }
}
