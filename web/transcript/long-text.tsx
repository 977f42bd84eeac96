import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { language, t } from '#shared/translate.ts'

const PlainTextView = lazyPart(() => import('../markdown/plain-lines.tsx'), 'PlainTextView', {
  failed: NotLoaded,
})

/** The shown part of a long text, until the reader asks for all of it. */
const MAX_LENGTH = 2_000
const MAX_LINES = 30

export function isLongText(text: string): boolean {
  return text.length > 2 * MAX_LENGTH || beginningOf(text).length < text.length / 2
}

/** A text as it was written, folded. */
export function LongText({ text }: { text: string }) {
  const [all, setAll] = useState(false)
  return (
    <>
      {all ? <PlainTextView text={text} /> : `${beginningOf(text)}…`}
      <div className="mt-2">
        <Button aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t`Show less` : t`Show all ${text.length.toLocaleString(language())} characters`}
        </Button>
      </div>
    </>
  )
}

function beginningOf(text: string): string {
  const lines = text.slice(0, MAX_LENGTH).split('\n')
  return lines.slice(0, MAX_LINES).join('\n').trimEnd()
}
