import { useQuery } from '@tanstack/react-query'
import { Folder as FolderIcon, X } from 'lucide'
import { useEffect } from 'react'
import { visibleText } from '#shared/visible-text.ts'
import { foldersQuery } from '../api/organize.ts'
import { navigate } from '../router.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { NewChatSetup } from './run-sessions.ts'
import type { useSetup } from './use-setup.ts'
import { t } from '#shared/translate.ts'

interface ChatPageFolderProps {
  folderId: string
  setNewChat: ReturnType<typeof useSetup>['setNewChat']
}

function withoutFolder(setup: NewChatSetup): NewChatSetup {
  const { folderId: _, ...others } = setup
  return others
}

/** The folder that a new chat begins in, with its agent and model. */
export function ChatPageFolder({ folderId, setNewChat }: ChatPageFolderProps) {
  const folder = useQuery(foldersQuery()).data?.find(({ id }) => id === folderId)
  useEffect(() => {
    if (folder === undefined) return
    const { agent, provider, model } = folder
    const choice = provider !== null && model !== null ? { provider, model } : {}
    setNewChat((before) => ({ ...before, folderId, ...(agent && { agent }), ...choice }))
    return () => setNewChat(withoutFolder)
  }, [folder, folderId, setNewChat])
  if (folder === undefined) return null
  return (
    <div className="mx-auto flex w-full max-w-3xl items-center gap-1.5 px-4 pb-1.5 text-sm text-muted sm:px-7">
      <Icon of={FolderIcon} className="size-4 shrink-0" />
      <p className="min-w-0 truncate">
        {t`New chat in`} <span className="font-medium text-ink">{visibleText(folder.name)}</span>
      </p>
      <IconButton label={t`Not in this folder`} onClick={() => navigate('/')}>
        <Icon of={X} />
      </IconButton>
    </div>
  )
}
