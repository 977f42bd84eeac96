import { Settings2 } from 'lucide'
import { lazy, Suspense, useState, useSyncExternalStore } from 'react'
import type { Conversation } from '#shared/api.ts'
import { useSaveSettings } from '../settings/use-save-settings.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { LiveRun } from './live-run.ts'
import type { useSetup } from './use-setup.ts'

const ConversationSettingsDialog = lazy(async () => {
  const { ConversationSettingsDialog } =
    await import('../settings/conversation-settings-dialog.tsx')
  return { default: ConversationSettingsDialog }
})
const ReceiptDialog = lazy(async () => {
  const { ReceiptDialog } = await import('../receipt/receipt-dialog.tsx')
  return { default: ReceiptDialog }
})

interface ChatPageSettingsProps {
  conversation: Conversation | null
  setup: ReturnType<typeof useSetup>
}

export function ChatPageSettings({ conversation, setup }: ChatPageSettingsProps) {
  const [open, setOpen] = useState(false)
  const save = useSaveSettings(conversation?.id ?? '')
  const { newChat, setNewChat } = setup
  const asIfStored = { title: null, agent: newChat.agent ?? null, settings: newChat.settings ?? {} }
  return (
    <>
      <IconButton label="Conversation settings" onClick={() => setOpen(true)}>
        <Icon of={Settings2} />
      </IconButton>
      {open && (
        <Suspense>
          <ConversationSettingsDialog
            open
            onOpenChange={setOpen}
            value={conversation ?? asIfStored}
            onSave={async (change) => {
              if (conversation !== null) return save(change)
              const { agent, settings } = change
              setNewChat({ ...newChat, ...(agent ? { agent } : {}), settings })
            }}
          />
        </Suspense>
      )}
    </>
  )
}

interface ChatPageReceiptProps {
  runId: string
  live: LiveRun | null
  onClose: () => void
}

export function ChatPageReceipt({ runId, live, onClose }: ChatPageReceiptProps) {
  const calls = useSyncExternalStore(live?.subscribe ?? subscribeToNothing, () =>
    callsOf(runId, live),
  )
  return (
    <Suspense>
      <ReceiptDialog runId={runId} open onOpenChange={onClose} version={calls} />
    </Suspense>
  )
}

/** A receipt that is open while its run goes on grows with every model call. */
function callsOf(runId: string, live: LiveRun | null): number {
  const message = live?.snapshot()
  return message?.runId === runId ? (message.totals?.calls ?? 0) : 0
}

function subscribeToNothing(): () => void {
  return () => undefined
}
