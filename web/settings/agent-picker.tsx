import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide'
import { useId, useState } from 'react'
import { visibleText } from '#shared/visible-text.ts'
import { agentsQuery } from '../api/providers.ts'
import { Icon } from '../ui/icon.tsx'
import { lazyMenu } from '../ui/menu.tsx'
import { popupProps } from '../ui/popup.ts'
import type { AgentMenuProps } from './agent-menu.tsx'
import { t } from '#shared/translate.ts'

const AgentMenu = lazyMenu(() => import('./agent-menu.tsx'), 'AgentMenu', t`Loading agents`)

/** Who answers next. Opens to what each agent does, may do and costs. */
export function AgentPicker({ current, ...rest }: AgentMenuProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const agents = useQuery(agentsQuery())
  const name = current ?? agents.data?.items[0]?.name ?? null
  // The classes of the model's menu: those of this folder load with its menus.
  const panel = 'w-88 max-w-[calc(100vw-1rem)] max-sm:mx-2!'
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
        title={t`Choose an agent`}
        className="inline-flex h-8 max-w-full min-w-0 items-center gap-1.5 rounded-lg px-2 text-sm max-sm:gap-1 max-sm:px-1.5 transition-colors hover:bg-sunken aria-expanded:bg-sunken pointer-coarse:h-11"
      >
        <span className="truncate font-medium">
          {name === null ? (
            t`Agent`
          ) : (
            <>
              <span className="text-[0px]">{t`Agent:`} </span>
              {visibleText(name)}
            </>
          )}
        </span>
        <Icon of={ChevronDown} className="size-3.5 shrink-0 text-muted" />
      </button>
      <div {...popupProps('above-left', panel, setOpen)} id={id}>
        {open && <AgentMenu current={name} {...rest} />}
      </div>
    </>
  )
}
