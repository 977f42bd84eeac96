import type { FilePart } from '#shared/message.ts'

/** Files of a message: as people see them, and what the model gets of them. */
export interface AttachedFiles {
  parts: FilePart[]
  /** Parts of the content of an item. */
  content: object[]
}

export const NO_FILES: AttachedFiles = { parts: [], content: [] }
