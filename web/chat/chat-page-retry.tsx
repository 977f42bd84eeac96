import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AgentInfo, ModelInfo } from '#shared/api.ts'
import type { Message } from '#shared/message.ts'
import { formatUsd } from '#shared/money.ts'
import { agentsQuery } from '../api/providers.ts'
import { modelsQuery } from '../api/queries.ts'
import { formatAgent, offeredAgents } from '../settings/format-agent.ts'
import { ModelGroups } from '../settings/model-group.tsx'
import { filterModels } from '../settings/model-label.ts'
import type { MessageActions } from '../transcript/message-actions.ts'
import { visibleText } from '#shared/visible-text.ts'
import { MenuItems } from '../ui/menu-items.tsx'
import { closePopup } from '../ui/popup.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { t } from '#shared/translate.ts'

const FILTER_FROM = 8

interface ChatPageRetryProps {
  answer: Message
  onRetry: MessageActions['retry']
}

/** Tries an answer again with another model or another agent. */
export function ChatPageRetry({ answer, onRetry }: ChatPageRetryProps) {
  const models = useQuery(modelsQuery())
  const agents = useQuery(agentsQuery())
  const [filter, setFilter] = useState('')
  if (models.isPending || agents.isPending) return <Skeleton className="m-4 h-24 w-56" />
  const providers = models.data?.items ?? []
  const count = providers.reduce((sum, provider) => sum + provider.models.length, 0)
  const { provider, model } = answer
  const current = provider === null || model === null ? null : { provider, model }
  const offered = offeredAgents(agents.data?.items ?? [], answer.agent)
  return (
    <MenuItems>
      <div className="max-h-[min(26rem,60dvh)] w-72 max-w-[calc(100vw-2rem)] overflow-y-auto">
        {count > FILTER_FROM && (
          <input
            type="search"
            aria-label={t`Filter models`}
            placeholder={t`Filter models`}
            className="m-1 h-9 w-[calc(100%-0.5rem)] rounded-lg border border-line-strong bg-surface px-3 pointer-coarse:h-11"
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
          />
        )}
        <ModelGroups
          providers={filterModels(providers, filter)}
          current={current}
          expected={(info) => expectedCost(answer, info)}
          onChoose={(choice) => onRetry(answer.id, choice)}
        />
        {offered.length > 1 && (
          <fieldset className="min-w-0 border-t border-line">
            <legend className="contents">
              <span className="block px-2.5 pt-2 pb-1 text-xs font-medium text-muted">{t`Agents`}</span>
            </legend>
            {offered.map((agent) => (
              <AgentItem
                key={agent.name}
                agent={agent}
                onChoose={() => onRetry(answer.id, { agent: agent.name })}
              />
            ))}
          </fieldset>
        )}
      </div>
    </MenuItems>
  )
}

function AgentItem({ agent, onChoose }: { agent: AgentInfo; onChoose: () => void }) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="block min-h-11 w-full rounded-lg px-2.5 py-1.5 text-left outline-none hover:bg-sunken focus:bg-sunken"
      onClick={({ currentTarget }) => {
        closePopup(currentTarget)
        onChoose()
      }}
    >
      <span className="block truncate font-medium">{visibleText(agent.name)} </span>
      <span className="block text-xs text-muted tabular-nums">{formatAgent(agent)[0]}</span>
    </button>
  )
}

/** What a model charges for as many tokens as the answer took. */
function expectedCost({ totals }: Message, { price }: ModelInfo): string | null {
  if (totals === null || totals.calls === 0 || price === null) return null
  if (price.origin === 'local' || price.origin === 'demo') return null
  const { inputTokens, outputTokens } = totals
  const nanoUsd = (inputTokens * price.inputPerMTok + outputTokens * price.outputPerMTok) / 1e6
  return `≈ ${formatUsd(Math.round(nanoUsd))}`
}
