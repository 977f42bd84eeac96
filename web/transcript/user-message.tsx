import { useId, useState } from 'react'
import { messageText } from '#shared/message-text.ts'
import { lazyPart, Nothing, NotLoaded } from '../ui/lazy-part.tsx'
import { isLongText, LongText } from './long-text.tsx'
import type { MessageViewProps } from './message-actions.ts'
import { t } from '#shared/translate.ts'

const MessageEditor = lazyPart(() => import('./message-editor.tsx'), 'MessageEditor', {
  fallback: Bubble,
  failed: NotLoaded,
})
const MessageFiles = lazyPart(() => import('./message-files.tsx'), 'MessageFiles', {
  fallback: ({ files }) => (
    <span className={files.some(({ width }) => width) ? 'h-41.5' : 'h-12.5'} />
  ),
  failed: NotLoaded,
})
const UserFooter = lazyPart(() => import('./user-footer.tsx'), 'UserFooter', {
  failed: Nothing,
  onFirstPage: true,
})

export function UserMessage({ row, actions, canRetry, isLast }: MessageViewProps) {
  const { message, siblingIds } = row
  const { edits, retry, selectBranch } = actions
  const text = messageText(message)
  const files = message.parts.filter((part) => part.type === 'file')
  const editButtonId = useId()
  // What was typed before a reload, or before the server refused it, is there again.
  const [editing, setEditing] = useState(() => edits.draftOf(message.id) !== '')
  const cancel = () => {
    edits.keepDraft(message.id, '')
    setEditing(false)
  }
  return (
    <article
      aria-label={t`You`}
      data-message={message.id}
      className="group flex flex-col items-end pt-8"
    >
      {files.length > 0 && <MessageFiles files={files} />}
      {editing ? (
        <MessageEditor
          text={text}
          draft={edits.draftOf(message.id)}
          editButtonId={editButtonId}
          canSend={canRetry}
          hasFiles={files.length > 0}
          onType={(typed) => edits.keepDraft(message.id, typed)}
          // The message leaves the screen, and its editor with it, once its new version is on the way.
          onSend={(typed) => edits.send(message, typed)}
          onCancel={cancel}
        />
      ) : (
        text !== '' && <Bubble text={text} />
      )}
      {message.parts.map(
        (part, index) =>
          part.type === 'notice' && (
            <p key={index} className="mt-1 max-w-[85%] text-sm text-warn">
              {part.text}
            </p>
          ),
      )}
      <footer className="mt-1 -mb-4 flex min-h-8 items-center pointer-coarse:min-h-11">
        <UserFooter
          {...{ row, text, editing, editButtonId, onSelect: selectBranch }}
          onEdit={canRetry && siblingIds.length > 0 ? () => setEditing(true) : null}
          onCancel={cancel}
          onAnswer={canRetry && isLast && siblingIds.length > 0 ? () => retry(message.id) : null}
        />
      </footer>
    </article>
  )
}

function Bubble({ text }: { text: string }) {
  return (
    <div
      dir="auto"
      className="max-w-[85%] rounded-2xl rounded-br-md bg-bubble px-4 py-2.5 text-base/7 wrap-anywhere whitespace-pre-wrap"
    >
      {isLongText(text) ? <LongText key={text} text={text} /> : text}
    </div>
  )
}
