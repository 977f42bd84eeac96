import { Plus, Settings } from 'lucide'
import { type RefObject, useEffect, useId, useState } from 'react'
import type { Prompt } from '#shared/prompts.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Icon } from '../ui/icon.tsx'
import { useFieldKeys } from './use-field-keys.ts'
import { plural, t } from '#shared/translate.ts'

interface PromptOptionsProps {
  field: RefObject<HTMLTextAreaElement | null>
  typed: string
  /** Null until they are loaded. */
  prompts: Prompt[] | null
  error: Error | null
  onChoose: (prompt: Prompt) => void
  onNew: () => void
  onManage: () => void
  onClose: () => void
}

interface Option {
  id: string
  label: string
  icon?: typeof Plus
  description?: string
  run: () => void
}

/** The listbox. The focus stays in the composer, whose keys move in it. */
export function PromptOptions(props: PromptOptionsProps) {
  const { field, typed, prompts, error, onChoose, onNew, onManage, onClose } = props
  const listId = useId()
  const found = matchPrompts(prompts ?? [], typed)
  const options: Option[] = [
    ...found.map((prompt): Option => ({
      id: prompt.id,
      label: visibleText(prompt.name),
      description: visibleText(prompt.text.slice(0, 200)),
      run: () => onChoose(prompt),
    })),
    { id: 'new', label: t`New prompt…`, icon: Plus, run: onNew },
    { id: 'manage', label: t`Manage prompts`, icon: Settings, run: onManage },
  ]
  const [moved, setMoved] = useState({ typed, index: null as number | null })
  // What matches nothing is a message, which Enter sends.
  const first = found.length > 0 || typed === '' ? 0 : -1
  const at = moved.typed === typed && moved.index !== null ? moved.index : first
  const optionId = (index: number) => `${listId}-${index}`
  const move = (index: number) => setMoved({ typed, index })

  useFieldKeys(field, {
    listId,
    activeId: at < 0 ? null : optionId(at),
    onMove: (step) =>
      move(at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length),
    onChoose: () => {
      // Enter waits for what it may choose.
      if (prompts === null && error === null) return true
      options[at]?.run()
      return at >= 0
    },
    onClose,
  })
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [listId, at])

  return (
    <div className="absolute inset-x-3 bottom-full z-20 mb-2 overflow-hidden rounded-2xl border border-line bg-surface shadow-float sm:inset-x-6">
      <p className="px-4 pt-3 text-sm text-muted empty:hidden">
        {status(prompts, error, found.length, typed)}
      </p>
      <div
        id={listId}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- select has no rich options
        role="listbox"
        aria-label={t`Prompts`}
        tabIndex={-1}
        className="max-h-[min(22rem,40dvh)] overflow-y-auto overscroll-contain p-2"
        // The focus stays in the composer.
        onMouseDown={(event) => event.preventDefault()}
      >
        {options.map(({ id, label, description, icon, run }, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the composer has the keys
          <div
            key={id}
            id={optionId(index)}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className={`flex min-h-9 cursor-default items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm pointer-coarse:min-h-11 ${index === at ? 'bg-accent-soft' : ''} ${id === 'new' && index > 0 ? 'mt-1 border-t border-line' : ''}`}
            onPointerMove={() => index !== at && move(index)}
            onClick={run}
          >
            {icon !== undefined && <Icon of={icon} className="size-4 shrink-0 text-muted" />}
            <span className="max-w-[60%] shrink-0 truncate">{label}</span>
            {description !== undefined && (
              <span className="min-w-0 flex-1 truncate text-muted">{description}</span>
            )}
          </div>
        ))}
      </div>
      <output className="sr-only">{prompts !== null && count(found.length)}</output>
    </div>
  )
}

function status(prompts: Prompt[] | null, error: Error | null, found: number, typed: string) {
  if (prompts === null) {
    return error === null ? t`Loading…` : t`The prompts could not be loaded. ${error.message}`
  }
  if (prompts.length === 0) return t`There are no prompts yet. A prompt is a text you use again.`
  return found === 0 ? t`No prompt is named “${typed.trim()}”. Enter sends it as a message.` : ''
}

function count(found: number): string {
  return plural(found, { one: t`1 prompt`, other: t`${found} prompts` })
}

/** Those whose name contains what is typed, first those that begin with it. */
function matchPrompts(prompts: Prompt[], typed: string): Prompt[] {
  // "/ 5" is a message.
  if (/^\s|\n/.test(typed)) return []
  const wanted = typed.trim().toLowerCase()
  const position = ({ name }: Prompt) => name.toLowerCase().indexOf(wanted)
  return prompts
    .filter((prompt) => position(prompt) >= 0)
    .toSorted((a, b) => Math.min(position(a), 1) - Math.min(position(b), 1))
}
