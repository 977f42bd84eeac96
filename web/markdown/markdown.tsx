// Draws a text as Markdown, at a cost per new word that does not depend on the words before it. Only
// the box is React's: what stands in it is drawn past React (vdom.ts).
import { memo, useLayoutEffect, useRef } from 'react'
import './markdown.css'
import { MarkdownDocument } from './markdown-document.ts'

export interface MarkdownProps {
  text: string
  /** More of it is coming: half-written marks are drawn as if their end had come. */
  streaming?: boolean
}

export const Markdown = memo(function Markdown({ text, streaming = false }: MarkdownProps) {
  const box = useRef<HTMLDivElement>(null)
  const document = useRef<MarkdownDocument>(null)
  useLayoutEffect(() => {
    if (box.current === null) return
    const made = new MarkdownDocument(box.current)
    document.current = made
    return () => made.remove()
  }, [])
  useLayoutEffect(() => document.current?.draw(text, streaming), [text, streaming])
  return <div ref={box} className="markdown" />
})
