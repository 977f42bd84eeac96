import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ModelInfo } from '#shared/api.ts'
import type { Message } from '#shared/message.ts'
import { formatUsd } from '#shared/money.ts'
import { agentsQuery } from '../api/providers.ts'
import { modelsQuery } from '../api/queries.ts'
import { formatAgent } from '../settings/format-agent.ts'
import { ModelGroup } from '../settings/model-group.tsx'
import { filterModels } from '../settings/model-label.ts'
import type { MessageActions } from '../transcript/message-actions.ts'
import { visibleText } from '#shared/visible-text.ts'
import { MenuItem, MenuItems } from '../ui/menu-items.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

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
  const offered = (agents.data?.items ?? []).filter(({ entry }) => entry)
  return (
    <MenuItems>
      <div className="max-h-[min(26rem,60dvh)] w-72 max-w-[calc(100vw-2rem)] overflow-y-auto">
        {count > FILTER_FROM && (
          <input
            type="search"
            aria-label="Filter models"
            placeholder="Filter models"
            className="m-1 h-9 w-[calc(100%-0.5rem)] rounded-lg border border-line-strong bg-surface px-3 pointer-coarse:h-11"
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
          />
        )}
        {filterModels(providers, filter).map((one) => (
          <ModelGroup
            key={one.name}
            provider={one}
            current={current}
            expected={(info) => expectedCost(answer, info)}
            onChoose={(choice) => onRetry(answer.id, choice)}
          />
        ))}
        {offered.length > 1 && (
          <fieldset className="min-w-0 border-t border-line pt-1">
            <legend className="sr-only">Agents</legend>
            {offered.map((agent) => (
              <MenuItem
                key={agent.name}
                about={formatAgent(agent)[0] ?? visibleText(agent.description)}
                onSelect={() => onRetry(answer.id, { agent: agent.name })}
              >
                {visibleText(agent.name)}
              </MenuItem>
            ))}
          </fieldset>
        )}
      </div>
    </MenuItems>
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
