import type { Conversation } from '#shared/api.ts'
import { AgentPicker } from '../settings/agent-picker.tsx'
import { useLive } from '../transcript/live-message.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'
import type { useSetup } from './use-setup.ts'

interface ChatPageAgentProps {
  conversation: Conversation | null
  setup: ReturnType<typeof useSetup>
  /** The last message of the thread. */
  row: ThreadRow | undefined
}

/** The agent that answers next: the chosen one, or who has the conversation. */
export function ChatPageAgent({ conversation, setup, row }: ChatPageAgentProps) {
  const { settings = {} } = conversation ?? setup.newChat
  const picker = {
    disabledTools: settings.disabledTools ?? [],
    onDisabledTools: setup.disableTools,
    onChoose: setup.chooseAgent,
  }
  const known = setup.agent ?? conversation?.agent ?? null
  if (row === undefined || setup.agent !== null) return <AgentPicker current={known} {...picker} />
  return <ActiveAgent row={row} known={known} picker={picker} />
}

interface ActiveAgentProps {
  row: ThreadRow
  known: string | null
  picker: Omit<Parameters<typeof AgentPicker>[0], 'current'>
}

function ActiveAgent({ row, known, picker }: ActiveAgentProps) {
  const active = useLive(row.live, row.message, ({ agent }) => agent)
  return <AgentPicker current={active ?? known} {...picker} />
}
