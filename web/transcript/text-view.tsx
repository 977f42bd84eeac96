interface TextViewProps {
  text: string
  streaming: boolean
  /** Beside the answer rather than part of it. */
  quiet?: boolean
}

export function TextView({ text, quiet = false }: TextViewProps) {
  return (
    <div className={`wrap-anywhere whitespace-pre-wrap ${quiet ? 'text-sm/6' : 'text-base/7'}`}>
      {text}
    </div>
  )
}
