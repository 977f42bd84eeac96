// Draws a text as Markdown, at a cost per new word that does not depend on the words before it.
import { memo, useCallback, useEffect, useState } from 'react'
import { Blocks } from './block-view.tsx'
import { directionOf } from './direction.ts'
import { FormatAllContext, LinksContext, NO_LINKS, NotesContext } from './document-context.ts'
import { MarkdownBoundary } from './markdown-boundary.tsx'
import { Source } from './source.ts'

export interface MarkdownProps {
  text: string
  /** More of it is coming: half-written marks are drawn as if their end had come. */
  streaming?: boolean
}

export const Markdown = memo(function Markdown({ text, streaming = false }: MarkdownProps) {
  return (
    <MarkdownBoundary text={text}>
      <Document text={text} streaming={streaming} />
    </MarkdownBoundary>
  )
})

function Document({ text, streaming }: Required<MarkdownProps>) {
  const [source] = useState(() => new Source())
  const [all, setAll] = useState(false)
  const formatAll = useCallback(() => setAll(true), [])
  // Reads only what is new; the same text again changes nothing.
  const { children, links, notes } = source.read(text, streaming, all)
  const { unread } = source
  const readTo = text.length - unread
  const [, setReadTo] = useState(0)
  useEffect(() => {
    if (unread === 0) return
    const timer = setTimeout(() => setReadTo(readTo))
    return () => clearTimeout(timer)
  }, [readTo, unread])
  return (
    <FormatAllContext value={formatAll}>
      <LinksContext value={streaming || links.size === 0 ? NO_LINKS : links}>
        <NotesContext value={streaming ? null : notes}>
          <div className="markdown" dir={directionOf(children)}>
            <Blocks parts={children} tight={false} whole={null} />
          </div>
        </NotesContext>
      </LinksContext>
    </FormatAllContext>
  )
}
