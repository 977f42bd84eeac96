import { useEffect, useState } from 'react'
import { later } from '../ui/later.tsx'

interface TextViewProps {
  text: string
  streaming: boolean
  /** Beside the answer rather than part of it. */
  quiet?: boolean
}

export function TextView({ text, streaming, quiet = false }: TextViewProps) {
  return (
    <div className={quiet ? 'text-sm' : 'text-base'}>
      <Markdown text={text} streaming={streaming} />
    </div>
  )
}

const Markdown = later(() => import('../markdown/markdown.tsx'), 'Markdown', {
  meanwhile: ({ text }) => <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>,
})

/** A new chat does not need it; a conversation loads it beside its messages. */
export async function prepareMarkdown(): Promise<void> {
  // What fails here is tried again, and said, where a text is drawn.
  await Markdown.prepare().catch(() => undefined)
}

/** Whether messages can be drawn as they will stay, so that the page need not draw them twice. */
export function useMarkdownPrepared(needed: boolean): boolean {
  const [prepared, setPrepared] = useState(() => !needed || Markdown.isHere())
  useEffect(() => {
    if (!prepared) void prepareMarkdown().then(() => setPrepared(true))
  }, [prepared])
  return prepared
}
