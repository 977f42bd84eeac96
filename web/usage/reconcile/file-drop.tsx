import { Upload } from 'lucide'
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { t } from '#shared/translate.ts'

interface FileDropProps {
  busy: boolean
  /** What has been read, which takes the place of the instructions. */
  chosen: ReactNode
  onFile: (file: File) => void
}

/** Takes a file by drag and drop or from the file dialog. */
export function FileDrop({ busy, chosen, onFile }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null)
  const hintId = useId()
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file !== undefined) onFile(file)
  }
  return (
    <div
      className={`flex items-center gap-3 rounded-xl border border-dashed px-4 text-sm ${chosen === null ? 'flex-col py-8 text-center' : 'flex-wrap justify-between py-3'} ${isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface'}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {chosen ?? (
        <p id={hintId} className="max-w-prose text-muted">
          {t`Drop OpenRouter’s activity as CSV, or LiteLLM’s spend log as JSON or CSV. The file is read in this browser; only its sums per day and model go to Tally, and nothing is kept.`}
        </p>
      )}
      <Button
        busy={busy}
        aria-describedby={chosen === null ? hintId : undefined}
        onClick={() => input.current?.click()}
      >
        <Icon of={Upload} className="size-4" />
        {chosen === null ? t`Choose a file…` : t`Choose another file…`}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.json,text/csv,application/json"
        aria-label={t`File with what was billed`}
        className="hidden"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file !== undefined) onFile(file)
          // Allows the same file to be chosen again.
          currentTarget.value = ''
        }}
      />
    </div>
  )
}
