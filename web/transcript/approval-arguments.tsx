import { useId, useState } from 'react'
import { visibleText } from '#shared/visible-text.ts'
import { Button } from '../ui/button.tsx'
import { focusNow } from '../ui/focus-now.ts'
import { isLossless, jsonObjectProblem } from './json-text.ts'
import { isUnambiguous } from './unambiguous.ts'
import { ValueView } from './value-view.tsx'

interface ApprovalArgumentsProps {
  /** JSON text as it is stored. */
  given: string
  /** Null: they are only shown. */
  edited: string | null
  onEdit: (text: string) => void
}

/** The arguments as labels and values, as they are stored, or in an editor. */
export function ApprovalArguments({ given, edited, onEdit }: ApprovalArgumentsProps) {
  const [stored, setStored] = useState(false)
  const isObject = isLossless(given) && jsonObjectProblem(given) === null
  const readable = isObject && isUnambiguous(JSON.parse(given))
  if (edited !== null) return <Editor text={edited} onText={onEdit} />
  return (
    <div className="flex items-start gap-2 px-3.5 pt-1 pb-2.5">
      <div className="min-w-0 grow">
        {readable && !stored ? (
          <ValueView value={JSON.parse(given)} exact />
        ) : (
          <pre
            aria-label="Arguments as stored"
            className="font-mono text-[13px]/5 wrap-anywhere whitespace-pre-wrap"
          >
            {visibleText(given)}
          </pre>
        )}
      </div>
      {readable && (
        <Button
          variant="quiet"
          aria-pressed={stored}
          className="-mr-2 !h-7 !px-2 text-xs aria-pressed:bg-sunken aria-pressed:text-ink pointer-coarse:!h-11"
          onClick={() => setStored(!stored)}
        >
          JSON
        </Button>
      )}
    </div>
  )
}

function Editor({ text, onText }: { text: string; onText: (text: string) => void }) {
  const id = useId()
  const problem = jsonObjectProblem(text)
  return (
    <div className="px-3.5 pt-1 pb-2.5">
      <textarea
        aria-label="Arguments"
        aria-invalid={problem !== null || undefined}
        aria-describedby={id}
        spellCheck={false}
        ref={focusNow}
        rows={4}
        value={text}
        className="block field-sizing-content max-h-80 min-h-20 w-full rounded-lg border border-line-strong bg-surface px-3 py-2 font-mono text-[13px]/5 aria-invalid:border-danger"
        onChange={(event) => onText(event.target.value)}
      />
      <p
        id={id}
        role={problem === null ? undefined : 'alert'}
        className={`pt-1 text-xs ${problem === null ? 'text-muted' : 'text-danger'}`}
      >
        {visibleText(text) !== text && (
          <span className="block font-mono wrap-anywhere whitespace-pre-wrap">
            {visibleText(text)}
          </span>
        )}
        {problem === null
          ? 'Approve runs the tool with these arguments. The model is told.'
          : visibleText(problem)}
      </p>
    </div>
  )
}
