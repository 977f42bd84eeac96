import { useMemo } from 'react'
import type { MessageActions } from '../transcript/message-actions.ts'
import { lazyMenu } from '../ui/menu.tsx'
import { useChat } from './chat-context.ts'
import { focusComposer } from './focus-composer.ts'
import { t } from '#shared/translate.ts'

const RetryMenu = lazyMenu(
  () => import('./chat-page-retry.tsx'),
  'ChatPageRetry',
  t`Loading models`,
)

type Given = Omit<MessageActions, 'renderRetryMenu' | 'quote'> & { threadId: string }

/** Stays the same object until an action changes. */
export function useMessageActions(given: Given): MessageActions {
  const { threadId, openReceipt, retry, edits, continueMessage, selectBranch } = given
  const { drafts } = useChat()
  return useMemo(
    () => ({
      openReceipt,
      retry,
      edits,
      continueMessage,
      selectBranch,
      renderRetryMenu: (answer) => <RetryMenu answer={answer} onRetry={retry} />,
      quote: (text) => {
        const typed = drafts.get(threadId)
        const before = typed === '' || typed.endsWith('\n') ? typed : `${typed}\n\n`
        const lines = text.trim().split('\n')
        drafts.set(
          threadId,
          `${before}${lines.map((line) => `> ${line}`.trimEnd()).join('\n')}\n\n`,
        )
        focusComposer()
      },
    }),
    [drafts, threadId, openReceipt, retry, edits, continueMessage, selectBranch],
  )
}
