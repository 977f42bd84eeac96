import { ChevronRight } from 'lucide'
import { useId, useState } from 'react'
import { visibleText } from '#shared/visible-text.ts'
import { focusNow } from '../ui/focus-now.ts'
import { Icon } from '../ui/icon.tsx'
import { isLossless, jsonObjectProblem } from './json-text.ts'
import { isUnambiguous } from './unambiguous.ts'
import { ValueView } from './value-view.tsx'
import { t } from '#shared/translate.ts'

interface ApprovalArgumentsProps {
  tool: string
  /** JSON text as it is stored. */
  given: string
  /** Null: they are only shown. */
  edited: string | null
  onEdit: (text: string) => void
}

/** The arguments as labels and values, with the tool and its JSON behind "Details", or in an editor. */
export function ApprovalArguments({ tool, given, edited, onEdit }: ApprovalArgumentsProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const isObject = isLossless(given) && jsonObjectProblem(given) === null
  const value: unknown = isObject ? JSON.parse(given) : null
  const readable = isObject && isUnambiguous(value)
  if (edited !== null) return <Editor text={edited} onText={onEdit} />
  if (!readable) {
    return (
      <div className="px-3.5 py-2.5">
        <Stored given={given} />
      </div>
    )
  }
  return (
    <div className="px-3.5 pt-2.5">
      {given !== '{}' && <ValueView value={value} exact />}
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        className="-ml-1 flex h-8 items-center gap-1 rounded-lg pr-2 text-[13px] text-muted hover:bg-sunken hover:text-ink pointer-coarse:h-11"
        onClick={() => setOpen(!open)}
      >
        <Icon
          of={ChevronRight}
          className={`size-4 transition-transform duration-200 ${open ? 'rotate-90' : ''}`}
        />
        {t`Details`}
      </button>
      <div id={id} hidden={!open} className="pb-2.5 pl-4">
        <code className="font-mono text-[13px] text-muted">{visibleText(tool)}</code>
        <Stored given={given} />
      </div>
    </div>
  )
}

function Stored({ given }: { given: string }) {
  return (
    <pre
      aria-label={t`Arguments as stored`}
      className="font-mono text-[13px]/5 wrap-anywhere whitespace-pre-wrap"
    >
      {visibleText(given)}
    </pre>
  )
}

function Editor({ text, onText }: { text: string; onText: (text: string) => void }) {
  const id = useId()
  const problem = jsonObjectProblem(text)
  return (
    <div className="px-3.5 py-2.5">
      <textarea
        aria-label={t`Arguments`}
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
          ? t`Approve runs the tool with these arguments. The model is told.`
          : visibleText(problem)}
      </p>
    </div>
  )
}
