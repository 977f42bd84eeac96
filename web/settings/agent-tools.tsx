import { Check } from 'lucide'
import { useId } from 'react'
import type { AgentInfo } from '#shared/api.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Icon } from '../ui/icon.tsx'
import { APPROVAL_LABELS } from './format-agent.ts'
import { t } from '#shared/translate.ts'

interface AgentToolsProps {
  agent: AgentInfo
  /** Names of tools that are switched off. */
  disabled: readonly string[]
  onChange: (disabled: string[]) => void
}

/** What the agent of this conversation may decide, and its tools, which can be switched off here. */
export function AgentTools({ agent, disabled, onChange }: AgentToolsProps) {
  const headingId = useId()
  const toggle = (name: string) => {
    const isOff = disabled.includes(name)
    onChange(isOff ? disabled.filter((other) => other !== name) : [...disabled, name])
  }
  const name = visibleText(agent.name)
  return (
    <div className="mt-1 border-t border-line pt-1">
      {agent.authority !== null && (
        <div className="px-2.5 py-2">
          <p className="text-xs font-medium text-muted">{t`What ${name} may decide`}</p>
          <p className="pt-0.5 text-[13px]/5 whitespace-pre-wrap">{visibleText(agent.authority)}</p>
        </div>
      )}
      {agent.tools.length > 0 && (
        <fieldset aria-labelledby={headingId} className="min-w-0">
          <p id={headingId} className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
            {t`Tools of ${name} in this conversation`}
          </p>
          {agent.tools.map((tool) => (
            <button
              key={tool.name}
              type="button"
              role="menuitemcheckbox"
              aria-checked={!disabled.includes(tool.name)}
              tabIndex={-1}
              className="group/tool flex w-full items-start gap-2 rounded-lg px-2.5 py-1.5 text-left outline-none hover:bg-sunken focus:bg-sunken"
              onClick={() => toggle(tool.name)}
            >
              <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded border border-line-strong group-aria-checked/tool:border-accent group-aria-checked/tool:bg-accent group-aria-checked/tool:text-on-accent">
                {!disabled.includes(tool.name) && <Icon of={Check} className="size-3" />}
              </span>
              <span className="min-w-0 flex-1">
                <span className="flex items-baseline gap-2">
                  <code className="truncate font-mono text-[13px]">{visibleText(tool.name)}</code>{' '}
                  {tool.approval !== 'never' && (
                    <span className="ml-auto shrink-0 text-xs text-warn">
                      {APPROVAL_LABELS[tool.approval]}
                    </span>
                  )}
                </span>{' '}
                <span className="line-clamp-2 text-xs/5 text-muted">
                  {visibleText(tool.description)}
                </span>
              </span>
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}
