import { Settings2 } from 'lucide'
import { useState } from 'react'
import type { Conversation } from '#shared/api.ts'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import type { useSetup } from './use-setup.ts'

const ChatPageSettings = lazyPart(() => import('./chat-page-settings.tsx'), 'ChatPageSettings', {
  failed: DialogNotLoaded,
})

interface SettingsButtonProps {
  conversation: Conversation | null
  setup: ReturnType<typeof useSetup>
}

export function SettingsButton(props: SettingsButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label="Conversation settings" onClick={() => setOpen(true)}>
        <Icon of={Settings2} />
      </IconButton>
      {open && <ChatPageSettings {...props} onOpenChange={setOpen} />}
    </>
  )
}
