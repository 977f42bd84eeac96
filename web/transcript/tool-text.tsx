import { visibleText } from '#shared/visible-text.ts'
import { useState } from 'react'
import { CopyButton } from './copy-button.tsx'
import { language, t } from '#shared/translate.ts'

/** The input or output of a tool: its beginning, and the rest on demand. */
export function ToolText({ label, text: exact }: { label: string; text: string }) {
  const [open, setOpen] = useState(false)
  const text = visibleText(exact)
  const start = beginning(text)
  const folded = start.length < text.length
  return (
    <div className="group/text relative px-3.5 py-2">
      <div className="flex h-6 items-center text-xs text-muted">
        {label}
        <CopyButton
          label={t`Copy ${label.toLowerCase()}`}
          text={exact}
          className="-mr-2 ml-auto pointer-fine:size-6 pointer-fine:opacity-0 pointer-fine:group-hover/text:opacity-100 pointer-fine:focus-visible:opacity-100"
        />
      </div>
      <pre className="font-mono text-[13px]/5 wrap-anywhere whitespace-pre-wrap">
        {folded && !open ? start : text}
      </pre>
      {folded && (
        <button
          type="button"
          aria-expanded={open}
          className="mt-1 rounded text-xs font-medium text-accent hover:underline pointer-coarse:min-h-11"
          onClick={() => setOpen(!open)}
        >
          {open ? t`Show less` : t`Show all ${describeLength(text)}`}
        </button>
      )}
    </div>
  )
}

function describeLength(text: string): string {
  const lines = text.split('\n').length
  if (lines > 1) return t`${lines.toLocaleString(language())} lines`
  return t`${text.length.toLocaleString(language())} characters`
}

const LINES = 8
const CHARS = 800
/** A text this little longer is shown whole: folding it would hide less than the button takes. */
const SPARE = 1.3

/** The first lines of a text, or all of it when it is short. */
export function beginning(text: string): string {
  const lines = text.split('\n', Math.ceil(LINES * SPARE) + 1)
  if (lines.length <= LINES * SPARE && text.length <= CHARS * SPARE) return text
  return lines.slice(0, LINES).join('\n').slice(0, CHARS)
}
