import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide'
import { lazy, Suspense, useId, useState } from 'react'
import { modelsQuery } from '../api/queries.ts'
import { Icon } from '../ui/icon.tsx'
import { focusFirst, moveFocus } from '../ui/menu-focus.ts'
import { type PopupPlace, popupProps } from '../ui/popup.ts'
import { Spinner } from '../ui/spinner.tsx'
import type { ModelChoice } from './model-words.ts'

const ModelMenu = lazy(() =>
  import('./model-menu.tsx').then(({ ModelMenu }) => ({ default: ModelMenu })),
)

interface ModelPickerProps {
  /** Null: the default model. */
  value: ModelChoice | null
  onChange: (choice: ModelChoice) => void
  place?: PopupPlace
}

export function ModelPicker({ value, onChange, place = 'below-left' }: ModelPickerProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const models = useQuery(modelsQuery())
  const current = value ?? models.data?.default ?? null
  const popup = popupProps({
    place,
    className: 'w-88 max-w-[calc(100vw-1rem)] max-sm:mx-2!',
    onOpenChange: setOpen,
    onShown: focusFirst,
    onKeyDown: moveFocus,
  })
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
        title="Choose a model"
        className="inline-flex h-8 max-w-full min-w-0 items-center gap-1.5 rounded-lg px-2 text-sm transition-colors hover:bg-sunken aria-expanded:bg-sunken pointer-coarse:h-11"
      >
        {current === null ? 'Model' : <CurrentModel {...current} />}
        <Icon of={ChevronDown} className="size-3.5 shrink-0 text-muted" />
      </button>
      <div {...popup} id={id}>
        {open && (
          <Suspense fallback={<Loading />}>
            <ModelMenu current={current} onChoose={onChange} />
          </Suspense>
        )}
      </div>
    </>
  )
}

/** Reads "Model: gpt-5, openai"; what the eye does not need takes no room. */
function CurrentModel({ model, provider }: ModelChoice) {
  return (
    <>
      <span className="truncate font-medium">
        <span className="text-[0px]">Model: </span>
        {model}
        <span className="text-[0px]">,</span>
      </span>
      <span className="truncate text-muted max-sm:sr-only">{provider}</span>
    </>
  )
}

function Loading() {
  return (
    <div className="flex justify-center p-6 text-muted">
      <Spinner label="Loading models" />
    </div>
  )
}
