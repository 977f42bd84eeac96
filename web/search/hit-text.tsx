import { Fragment } from 'react'
import { visibleText } from '#shared/visible-text.ts'
import type { SearchHit, TextRange } from '#shared/search.ts'
import { language } from '#shared/translate.ts'

/** A text with its matches marked. Each part is made visible by itself, because that changes its length. */
export function HitText({ text, marks }: { text: string; marks: TextRange[] }) {
  return (
    <>
      {marks.map(([start, end], index) => (
        <Fragment key={start}>
          {visibleText(text.slice(marks[index - 1]?.[1] ?? 0, start))}
          <mark className="rounded-xs bg-warn-soft text-ink">
            {visibleText(text.slice(start, end))}
          </mark>
        </Fragment>
      ))}
      {visibleText(text.slice(marks.at(-1)?.[1] ?? 0))}
    </>
  )
}

/** The address of a message, which marks the words that it was found by. */
export function hitHref({ conversationId, messageId, snippet, snippetMarks }: SearchHit): string {
  const words = new Set(snippetMarks.map((mark) => snippet.slice(...mark)))
  const query = new URLSearchParams({ message: messageId })
  for (const word of words) query.append('mark', word)
  return `/c/${conversationId}?${query.toString()}`
}

/** The day of a message, or its time if it is from today. */
export function formatAge(at: string, now = new Date()): string {
  const date = new Date(at)
  if (date.toDateString() === now.toDateString()) {
    return date.toLocaleTimeString(language() === 'en' ? undefined : language(), {
      timeStyle: 'short',
    })
  }
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return date.toLocaleDateString(language(), { day: 'numeric', month: 'short', ...year })
}
