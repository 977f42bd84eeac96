import { useQuery } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import { variablesOf } from '#shared/prompt-variables.ts'
import type { Prompt } from '#shared/prompts.ts'
import { promptsQuery } from '../api/prompts.ts'
import { navigate } from '../router.tsx'
import { FillDialog } from './fill-dialog.tsx'
import { PromptDialog } from './prompt-dialog.tsx'
import { PromptOptions } from './prompt-options.tsx'

interface PromptListProps {
  /** The composer, which begins with a slash. */
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  onText: (text: string) => void
  onClose: () => void
}

type Open = { kind: 'list' } | { kind: 'new' } | { kind: 'fill'; prompt: Prompt }

/** The prompts above the composer, filtered by what is typed after the slash. */
export function PromptList({ field, text, onText, onClose }: PromptListProps) {
  const prompts = useQuery(promptsQuery())
  const [open, setOpen] = useState<Open>({ kind: 'list' })
  const typed = text.slice(1)
  const insert = (inserted: string) => {
    onClose()
    onText(inserted)
    // When the dialog has given back the focus.
    setTimeout(() => field.current?.focus())
  }
  const choose = (prompt: Prompt) => {
    if (variablesOf(prompt.text).length === 0) insert(prompt.text)
    else setOpen({ kind: 'fill', prompt })
  }
  switch (open.kind) {
    case 'new':
      return <PromptDialog prompt={null} name={typed.trim()} onSaved={choose} onClose={onClose} />
    case 'fill':
      return <FillDialog prompt={open.prompt} onInsert={insert} onClose={onClose} />
    case 'list':
      return (
        <PromptOptions
          field={field}
          typed={typed}
          prompts={prompts.data ?? null}
          error={prompts.error}
          onChoose={choose}
          onNew={() => setOpen({ kind: 'new' })}
          onManage={() => {
            onClose()
            onText('')
            navigate('/settings/prompts')
          }}
          onClose={onClose}
        />
      )
  }
}
