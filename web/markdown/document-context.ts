// What the parts of one document need to know of the whole.
import type { Definitions, Links } from './links.ts'

export const NO_LINKS: Links = new Map()

export interface DocumentContext {
  /** The addresses that the document defines. Empty while it grows: a definition may come last. */
  readonly links: Links
  /** The labels of its notes. Null while it grows. */
  readonly notes: Definitions['notes']
  /** Calls back when these change, and answers how to call that off. */
  onDefinitions: (notify: () => void) => () => void
  /** Formats the part of the document that was left plain for its length. */
  formatAll: () => void
}
