import { Quote } from 'lucide'
import { type RefObject, useEffect, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { namedText, quotable } from './selected-text.ts'
import { t } from '#shared/translate.ts'

interface SelectionToolsProps {
  log: RefObject<HTMLElement | null>
  onQuote: (text: string) => void
}

interface Selected {
  text: string
  top: number
  left: number
}

/** A button beside selected text that quotes it, and names in what is copied of several messages. */
export function SelectionTools({ log, onQuote }: SelectionToolsProps) {
  const [selected, setSelected] = useState<Selected | null>(null)
  useEffect(() => {
    const scroller = log.current
    if (scroller === null) return
    const update = () => setSelected(selectedIn(scroller))
    const copy = (event: ClipboardEvent) => {
      const text = namedText(scroller, document.getSelection())
      if (text === null) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
    }
    document.addEventListener('selectionchange', update)
    scroller.addEventListener('scroll', update, { passive: true })
    scroller.addEventListener('copy', copy)
    return () => {
      document.removeEventListener('selectionchange', update)
      scroller.removeEventListener('scroll', update)
      scroller.removeEventListener('copy', copy)
    }
  }, [log])
  if (selected === null) return null
  const { text, top, left } = selected
  return (
    <button
      type="button"
      style={{ top, left }}
      className="absolute z-10 inline-flex h-8 items-center gap-1.5 rounded-lg border border-line bg-surface px-2.5 text-sm font-medium shadow-float hover:bg-sunken pointer-coarse:h-11"
      // A press must not clear the selection before the click.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => {
        document.getSelection()?.removeAllRanges()
        onQuote(text)
      }}
    >
      <Icon of={Quote} className="size-3.5" />
      {t`Quote`}
    </button>
  )
}

const HEIGHT = 36
const WIDTH = 96

/** Above the selection, in the coordinates of the box around the transcript. */
function selectedIn(scroller: HTMLElement): Selected | null {
  const selection = document.getSelection()
  const text = quotable(scroller, selection)
  if (selection === null || text === null) return null
  const range = selection.getRangeAt(0).getBoundingClientRect()
  const box = scroller.getBoundingClientRect()
  if (range.bottom < box.top || range.top > box.bottom) return null
  const above = range.top - box.top - HEIGHT - 4
  const top = above >= 4 ? above : Math.min(range.bottom - box.top + 4, box.height - HEIGHT - 4)
  const left = Math.min(Math.max(range.left - box.left, 8), box.width - WIDTH - 8)
  return { text, top, left }
}
