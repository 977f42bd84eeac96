import { Pencil, Trash2 } from 'lucide'
import { variablesOf } from '#shared/prompt-variables.ts'
import type { Prompt } from '#shared/prompts.ts'
import { visibleText } from '#shared/visible-text.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { t } from '#shared/translate.ts'

interface PromptCardProps {
  prompt: Prompt
  onEdit: () => void
  onDelete: () => void
}

const SHOWN_CHARS = 500

export function PromptCard({ prompt, onEdit, onDelete }: PromptCardProps) {
  const name = visibleText(prompt.name)
  const variables = variablesOf(prompt.text).map((variable) => variable.name)
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3.5">
      <div className="flex items-start gap-x-4">
        <h3 dir="auto" className="min-w-0 flex-1 font-medium wrap-anywhere">
          {name}
        </h3>
        <div className="-mt-1 -mr-1 flex items-center gap-1">
          <IconButton label={t`Edit ${name}`} onClick={onEdit}>
            <Icon of={Pencil} />
          </IconButton>
          <IconButton label={t`Delete ${name}`} onClick={onDelete}>
            <Icon of={Trash2} />
          </IconButton>
        </div>
      </div>
      <p dir="auto" className="line-clamp-2 pt-1 text-sm text-muted wrap-anywhere">
        {visibleText(prompt.text.slice(0, SHOWN_CHARS))}
      </p>
      {variables.length > 0 && (
        <p className="pt-1 text-sm text-muted wrap-anywhere">{t`Variables: ${variables.join(', ')}`}</p>
      )}
    </li>
  )
}
