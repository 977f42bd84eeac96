import { useQuery } from '@tanstack/react-query'
import type { AgentInfo } from '#shared/api.ts'
import { visibleText } from '#shared/visible-text.ts'
import { agentsQuery } from '../api/providers.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { MenuItems } from '../ui/menu-items.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AgentTools } from './agent-tools.tsx'
import { formatAgent, offeredAgents } from './format-agent.ts'
import { ChoiceItem } from './choice-item.tsx'
import { t } from '#shared/translate.ts'

export interface AgentMenuProps {
  /** Null: the default agent. */
  current: string | null
  onChoose: (name: string) => void
  /** Names of the tools that are off in this conversation. */
  disabledTools: readonly string[]
  onDisabledTools: (names: string[]) => void
}

export function AgentMenu({ current, onChoose, disabledTools, onDisabledTools }: AgentMenuProps) {
  const agents = useQuery({ ...agentsQuery(), staleTime: 30_000 })
  if (agents.isPending) return <Skeleton className="m-4 h-24" />
  if (agents.data === undefined) {
    return (
      <ErrorState
        title={t`Agents could not be loaded`}
        error={agents.error}
        onRetry={() => void agents.refetch()}
      />
    )
  }
  const offered = offeredAgents(agents.data.items, current)
  const active = offered.find(({ name }) => name === current)
  return (
    <MenuItems>
      <div
        role="menu"
        aria-label={t`Agents`}
        tabIndex={-1}
        className="max-h-[min(32rem,70dvh)] overflow-y-auto p-1"
      >
        {offered.map((agent) => (
          <AgentItem
            key={agent.name}
            agent={agent}
            chosen={agent.name === current}
            onChoose={() => onChoose(agent.name)}
          />
        ))}
        {active !== undefined && (
          <AgentTools agent={active} disabled={disabledTools} onChange={onDisabledTools} />
        )}
      </div>
    </MenuItems>
  )
}

interface AgentItemProps {
  agent: AgentInfo
  chosen: boolean
  onChoose: () => void
}

function AgentItem({ agent, chosen, onChoose }: AgentItemProps) {
  return (
    <ChoiceItem chosen={chosen} onChoose={onChoose} className="items-start">
      <span className="block truncate font-medium">{visibleText(agent.name)} </span>
      <span className="block text-[13px]/5 text-muted">{visibleText(agent.description)} </span>
      {formatAgent(agent).map((fact) => (
        <span key={fact} className="block text-xs/5 text-muted tabular-nums">
          {fact}{' '}
        </span>
      ))}
    </ChoiceItem>
  )
}
