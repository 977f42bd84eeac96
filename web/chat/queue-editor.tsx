import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { focusNow } from '../ui/focus-now.ts'
import { tooLongHint } from '../ui/too-long-hint.ts'
import { t } from '#shared/translate.ts'

interface QueueEditorProps {
  text: string
  /** It has files. */
  mayBeEmpty: boolean
  onSave: (text: string) => void
  onCancel: () => void
  /** The message was sent meanwhile. */
  onLeft: (typed: string) => void
}

/** A queued message that is being changed, in its place. */
export function QueueEditor({ text, mayBeEmpty, onSave, onCancel, onLeft }: QueueEditorProps) {
  const [typed, setTyped] = useState(text)
  const unsaved = useRef<string | null>(null)
  const onUnmount = useEffectEvent(() => {
    if (unsaved.current !== null) onLeft(unsaved.current)
  })
  useEffect(() => () => onUnmount(), [])
  const tooLong = tooLongHint(typed)
  const canSave = tooLong === null && (mayBeEmpty || typed.trim() !== '')
  const save = () => {
    if (!canSave) return
    unsaved.current = null
    onSave(typed.trim())
  }
  const cancel = () => {
    unsaved.current = null
    onCancel()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, both keys are its own.
    if (event.nativeEvent.isComposing) return
    const isSave = event.key === 'Enter' && !event.shiftKey
    if (!isSave && event.key !== 'Escape') return
    event.preventDefault()
    if (isSave) save()
    else cancel()
  }
  return (
    <div className="rounded-xl border border-line bg-surface focus-within:border-accent/50">
      <textarea
        ref={focusNow}
        aria-label={t`Edit queued message`}
        aria-invalid={tooLong !== null || undefined}
        dir="auto"
        rows={2}
        value={typed}
        className="block field-sizing-content max-h-[25dvh] w-full resize-none bg-transparent px-3 pt-2 text-base/6 outline-none"
        onChange={({ target }) => {
          setTyped(target.value)
          unsaved.current = target.value === text ? null : target.value
        }}
        onKeyDown={onKeyDown}
      />
      <div className="flex flex-wrap items-center justify-end gap-2 p-1.5">
        <p className="min-w-0 grow px-1.5 text-xs text-danger">{tooLong}</p>
        <Button variant="quiet" onClick={cancel}>
          {t`Cancel`}
        </Button>
        <Button variant="primary" disabled={!canSave} onClick={save}>
          {t`Save`}
        </Button>
      </div>
    </div>
  )
}
