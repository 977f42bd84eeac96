import { RotateCcw } from 'lucide'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useStore } from '../ui/store.ts'
import { type Action, ACTIONS } from './actions.ts'
import { chosenCombos } from './chosen-combos.ts'
import { comboOf, formatCombo } from './combos.ts'
import { t } from '#shared/translate.ts'

/** The shortcuts of everything, which can be changed by pressing other keys. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const chosen = useStore(chosenCombos, chosenCombos.all)
  const [recording, setRecording] = useState<string | null>(null)
  const [conflict, setConflict] = useState<string | null>(null)
  const begin = (id: string | null) => {
    setRecording(id)
    setConflict(null)
  }
  const record = (action: Action, event: KeyboardEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return begin(null)
    const isCleared = event.key === 'Backspace' || event.key === 'Delete'
    const combo = isCleared ? null : comboOf(event)
    if (combo === null && !isCleared) return
    const other = combo === null ? undefined : chosenCombos.actionOf(combo)
    if (combo !== null && other !== undefined && other !== action) {
      return setConflict(t`${formatCombo(combo)} is used by “${other.label}”. Press other keys.`)
    }
    chosenCombos.choose(action, combo)
    begin(null)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t`Keyboard shortcuts`}
      {...(Object.keys(chosen).length > 0 && {
        footer: <Button onClick={() => chosenCombos.resetAll()}>{t`Reset all`}</Button>,
      })}
    >
      <p className="pb-3 text-sm text-muted">
        {t`Choose a shortcut to change it, then press the new keys; Backspace removes it. Without Ctrl or ⌘, a shortcut does nothing while you type.`}
      </p>
      <ul>
        {ACTIONS.map((action) => (
          <ShortcutRow
            key={action.id}
            action={action}
            isChanged={chosen[action.id] !== undefined}
            isRecording={recording === action.id}
            conflict={recording === action.id ? conflict : null}
            onBegin={() => begin(action.id)}
            onEnd={() => begin(null)}
            onRecord={(event) => record(action, event)}
          />
        ))}
      </ul>
    </Dialog>
  )
}

interface ShortcutRowProps {
  action: Action
  isChanged: boolean
  isRecording: boolean
  conflict: string | null
  onBegin: () => void
  onEnd: () => void
  onRecord: (event: KeyboardEvent) => void
}

function ShortcutRow(props: ShortcutRowProps) {
  const { action, isChanged, isRecording, conflict, onBegin, onEnd, onRecord } = props
  const combo = chosenCombos.comboOf(action)
  const shown = combo === null ? t`None` : formatCombo(combo)
  return (
    <li className="border-b border-line py-1 last:border-0">
      <div className="flex items-center gap-2 text-sm">
        <span className="min-w-0 flex-1">{action.label}</span>
        {isChanged && (
          <IconButton
            label={t`Reset “${action.label}”`}
            onClick={() => chosenCombos.choose(action, action.keys)}
          >
            <Icon of={RotateCcw} />
          </IconButton>
        )}
        <button
          type="button"
          aria-label={
            isRecording ? t`Press keys for “${action.label}”` : `${action.label}: ${shown}`
          }
          className={`min-w-20 rounded-lg border px-2 py-1 text-center text-xs pointer-coarse:min-h-11 ${isRecording ? 'border-accent bg-accent-soft text-ink' : `border-line hover:bg-sunken ${combo === null ? 'text-muted' : 'font-medium'}`}`}
          onClick={onBegin}
          onBlur={isRecording ? onEnd : undefined}
          onKeyDown={isRecording ? onRecord : undefined}
        >
          {isRecording ? t`Press keys…` : shown}
        </button>
      </div>
      <output className="block text-xs text-danger">{conflict}</output>
    </li>
  )
}
