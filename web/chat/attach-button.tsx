import { Paperclip } from 'lucide'
import { useEffect, useRef } from 'react'
import { receiveFiles } from '../ui/dropped-files.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useChat } from './chat-context.ts'
import { focusComposer } from './focus-composer.ts'
import { uploadsOf } from './uploads-of.ts'
import { t } from '#shared/translate.ts'

/** Chooses files, and takes those that are dropped on the page or pasted. */
export function AttachButton({ threadId }: { threadId: string }) {
  const { drafts } = useChat()
  const uploads = uploadsOf(drafts)
  const input = useRef<HTMLInputElement>(null)
  useEffect(
    () =>
      receiveFiles((files) => {
        uploads.attach(threadId, files)
        focusComposer()
      }),
    [uploads, threadId],
  )
  return (
    <>
      <IconButton label={t`Attach`} onClick={() => input.current?.click()}>
        <Icon of={Paperclip} />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t`Files`}
        onChange={({ target }) => {
          uploads.attach(threadId, [...(target.files ?? [])])
          // The same file can be chosen again.
          target.value = ''
          focusComposer()
        }}
      />
    </>
  )
}
