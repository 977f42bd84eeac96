import { Markdown } from '../markdown/markdown.tsx'

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
