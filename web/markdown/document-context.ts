// What the parts of one document need to know of the whole.
import { createContext } from 'react'
import type { Definitions, Links } from './links.ts'

export const NO_LINKS: Links = new Map()

/** The addresses that the document defines. Empty while it grows: a definition may come last. */
export const LinksContext = createContext(NO_LINKS)

/** The labels of its notes. Null while it grows. */
export const NotesContext = createContext<Definitions['notes']>(null)

/** Formats the part of the document that was left plain for its length. */
export const FormatAllContext = createContext(() => {})
