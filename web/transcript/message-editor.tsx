import { type KeyboardEvent, useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { focusNow } from '../ui/focus-now.ts'
import { tooLongHint } from '../ui/too-long-hint.ts'
import { useHandBackFocus } from './use-hand-back-focus.ts'
import { t } from '#shared/translate.ts'

interface MessageEditorProps {
  /** As it was sent. */
  text: string
  /** What was typed in its place earlier; empty if nothing was. */
  draft: string
  /** The button that opened it, which gets the focus back. */
  editButtonId: string
  canSend: boolean
  /** There are files, so the text may be empty. */
  hasFiles: boolean
  onType: (typed: string) => void
  onSend: (typed: string) => void
  onCancel: () => void
}

/** An own message that is being changed, in its place. */
export function MessageEditor(props: MessageEditorProps) {
  const { text, draft, editButtonId, canSend, hasFiles, onType, onSend, onCancel } = props
  const [typed, setTyped] = useState(draft === '' ? text : draft)
  const box = useHandBackFocus<HTMLFormElement>(editButtonId)
  const hintId = useId()
  const tooLong = tooLongHint(typed)
  const sendable = canSend && tooLong === null && (hasFiles || typed.trim() !== '')
  const send = () => {
    if (sendable) onSend(typed)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, both keys are its own.
    if (event.nativeEvent.isComposing) return
    const isSend = event.key === 'Enter' && !event.shiftKey
    if (!isSend && event.key !== 'Escape') return
    event.preventDefault()
    if (isSend) send()
    else onCancel()
  }
  return (
    <form
      ref={box}
      className="w-full rounded-2xl border border-line bg-surface transition-colors focus-within:border-accent/50"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={focusNow}
        aria-label={t`Edit message`}
        aria-describedby={hintId}
        aria-invalid={tooLong !== null || undefined}
        dir="auto"
        rows={2}
        value={typed}
        className="block field-sizing-content max-h-[40dvh] min-h-12 w-full resize-none overflow-y-auto bg-transparent px-4 pt-3 pb-1 text-base/6 outline-none"
        onChange={({ target }) => {
          setTyped(target.value)
          onType(target.value)
        }}
        onKeyDown={onKeyDown}
      />
      <div className="flex flex-wrap items-center justify-end gap-2 p-2">
        <p id={hintId} className="min-w-0 grow px-2 text-xs text-danger">
          {tooLong}
        </p>
        <Button variant="quiet" onClick={onCancel}>
          {t`Cancel`}
        </Button>
        <Button type="submit" variant="primary" disabled={!sendable}>
          {t`Send`}
        </Button>
      </div>
    </form>
  )
}
