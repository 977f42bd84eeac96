import './extras.css'
import { useLayoutEffect, useRef } from 'react'
import { DrawnPage } from './drawn-page.ts'
import { PlainLines } from './line-groups.ts'
import { PlainText } from './plain-text.ts'
import { component } from './vdom.ts'

/** A text as it was written, however long it is. */
export function PlainTextView({ text }: { text: string }) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (box.current === null) return
    const page = new DrawnPage(box.current, reportError)
    page.draw(component(PlainLines, new PlainText(text)))
    return () => page.remove()
  }, [text])
  return (
    <div className="markdown">
      <div ref={box} className="md-plain" />
    </div>
  )
}
