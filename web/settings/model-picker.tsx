import { modelLabel } from '#shared/model-label.ts'
import { visibleText } from '#shared/visible-text.ts'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide'
import { useId, useState } from 'react'
import { modelsQuery } from '../api/queries.ts'
import { Icon } from '../ui/icon.tsx'
import { lazyMenu } from '../ui/menu.tsx'
import { type PopupPlacement, popupProps } from '../ui/popup.ts'
import type { ModelChoice } from './model-label.ts'
import { t } from '#shared/translate.ts'

const ModelMenu = lazyMenu(() => import('./model-menu.tsx'), 'ModelMenu', t`Loading models`)

interface ModelPickerProps {
  /** Null means the default model. */
  value: ModelChoice | null
  onChange: (choice: ModelChoice) => void
  placement?: PopupPlacement
  /** The id of the button, for links to it. */
  buttonId?: string
}

export function ModelPicker({
  value,
  onChange,
  placement = 'below-left',
  buttonId,
}: ModelPickerProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const models = useQuery(modelsQuery())
  const current = value ?? models.data?.default ?? null
  const popup = popupProps(placement, 'w-88 max-w-[calc(100vw-1rem)] max-sm:mx-2!', setOpen)
  return (
    <>
      <button
        type="button"
        id={buttonId}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
        title={t`Choose a model`}
        className="inline-flex h-8 max-w-full min-w-0 items-center gap-1.5 rounded-lg px-2 text-sm max-sm:gap-1 max-sm:px-1.5 transition-colors hover:bg-sunken aria-expanded:bg-sunken pointer-coarse:h-11"
      >
        {current === null ? t`Model` : <CurrentModel {...current} />}
        <Icon of={ChevronDown} className="size-3.5 shrink-0 text-muted" />
      </button>
      <div {...popup} id={id}>
        {open && <ModelMenu current={current} onChoose={onChange} />}
      </div>
    </>
  )
}

/** Reads "Model: gpt-5, openai" to screen readers; only the model is visible. */
function CurrentModel({ model, provider }: ModelChoice) {
  return (
    <>
      <span className="truncate font-medium">
        <span className="text-[0px]">{t`Model:`} </span>
        {visibleText(modelLabel(model))}
        <span className="text-[0px]">,</span>
      </span>
      <span className="truncate text-muted max-sm:sr-only">{visibleText(provider)}</span>
    </>
  )
}
