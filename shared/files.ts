// Files that are attached to messages: what was uploaded, and how it is sent to a model.
import * as z from 'zod/mini'

export const MAX_FILES_PER_MESSAGE = 20
export const MAX_FILE_BYTES = 25 * 1024 * 1024

/** Told by the content, never by the name or by what the client claims. */
export const FileType = z.enum([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
])
export type FileType = z.infer<typeof FileType>

/** How a file of a message is sent. */
export const SendFile = z.object({
  id: z.string(),
  /** `whole`: an image, or the text of a file. `original`: a PDF as it is, for providers that read it. */
  send: z._default(z.enum(['whole', 'original']), 'whole'),
  /** The pages of a PDF whose text is sent, such as `1-3, 7`. Absent: all. */
  pages: z.optional(z.string().check(z.maxLength(200))),
})
export type SendFile = z.infer<typeof SendFile>

export const FileInfo = z.object({
  id: z.string(),
  /** Data, never a path. */
  name: z.string(),
  type: FileType,
  size: z.int(),
  /** The pages of a PDF. */
  pages: z.optional(z.int()),
  /** The tokens of the whole file as a model gets it, estimated. Absent: it cannot be sent whole. */
  tokens: z.optional(z.int()),
  /** The tokens of the text of each page of a PDF, estimated. */
  pageTokens: z.optional(z.array(z.int())),
  /** Of an image, in pixels. */
  width: z.optional(z.int()),
  height: z.optional(z.int()),
})
export type FileInfo = z.infer<typeof FileInfo>
