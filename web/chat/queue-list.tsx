import { useQueryClient } from '@tanstack/react-query'
import { CornerDownRight, Paperclip, Pencil, SendHorizontal, X } from 'lucide'
import { useState } from 'react'
import type { QueuedFile, QueuedMessage, QueueHold } from '#shared/queue.ts'
import { visibleText } from '#shared/visible-text.ts'
import { changeQueued, queueQuery, removeQueued, sendQueued } from '../api/queue.ts'
import { ApiError } from '../api/request.ts'
import { formatBytes } from '#shared/format-bytes.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useChat } from './chat-context.ts'
import { focusComposer } from './focus-composer.ts'
import type { Submission } from './outbox.ts'
import { QueueEditor } from './queue-editor.tsx'
import { t } from '#shared/translate.ts'

interface QueueListProps {
  conversationId: string
  items: QueuedMessage[]
  /** On their way to the server. */
  unsent: Submission[]
  held: QueueHold | null
}

const TITLES: Record<QueueHold, string> = {
  waiting: t`Queued until you decide`,
  stopped: t`Queued. You stopped the answer, so nothing is sent yet.`,
  failed: t`Queued. The answer failed, so nothing is sent yet.`,
  refused: t`Queued. The next message could not be sent.`,
}

/** Above the composer: each message can be changed, removed, and sent at once. */
export function QueueList({ conversationId, items, unsent, held }: QueueListProps) {
  const { drafts } = useChat()
  const act = useQueueChange(conversationId)
  const [editing, setEditing] = useState<string | null>(null)
  return (
    <section
      aria-label={t`Queued messages`}
      className="relative z-1 mx-auto mb-2 w-full max-w-3xl px-3 text-sm sm:px-6"
    >
      <div className="rounded-2xl border border-line bg-sunken px-2 py-1.5">
        <h2 className="px-2 py-1 text-xs font-medium text-muted">
          {held === null ? t`Sent after this answer` : TITLES[held]}
        </h2>
        <ul className={`overflow-y-auto ${editing === null ? 'max-h-[30dvh]' : 'max-h-[50dvh]'}`}>
          {items.map((item) =>
            item.id === editing ? (
              <li key={item.id}>
                <QueueEditor
                  text={item.text}
                  mayBeEmpty={item.files !== undefined}
                  onLeft={(typed) => drafts.giveBack(conversationId, typed)}
                  onCancel={() => {
                    setEditing(null)
                    focusComposer()
                  }}
                  onSave={(text) => {
                    setEditing(null)
                    focusComposer()
                    void act(() => changeQueued(conversationId, item.id, text), text)
                  }}
                />
              </li>
            ) : (
              <li key={item.id} className="flex items-start gap-1 rounded-lg py-0.5 pl-2">
                <Text item={item} />
                <IconButton
                  label={t`Send now`}
                  onClick={() => void act(() => sendQueued(conversationId, item.id))}
                >
                  <Icon of={SendHorizontal} />
                </IconButton>
                <IconButton label={t`Edit`} onClick={() => setEditing(item.id)}>
                  <Icon of={Pencil} />
                </IconButton>
                <IconButton
                  label={t`Remove`}
                  onClick={() => {
                    focusComposer()
                    void act(() => removeQueued(conversationId, item.id))
                  }}
                >
                  <Icon of={X} />
                </IconButton>
              </li>
            ),
          )}
          {unsent.map(({ key, text, files = [] }) => (
            <li key={key} className="flex gap-2 px-2 py-1.5 text-muted">
              <div className="min-w-0 grow">
                <p className="line-clamp-2 wrap-anywhere">{text}</p>
                <QueuedFiles files={files} />
              </div>
              <span className="shrink-0 text-xs/5">{t`Sending…`}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** What is sent with a message. */
function QueuedFiles({ files }: { files: readonly Pick<QueuedFile, 'name' | 'size'>[] }) {
  if (files.length === 0) return null
  return (
    <ul
      aria-label={t`Attached files`}
      className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs/5 text-muted"
    >
      {files.map(({ name, size }, index) => (
        <li key={index} className="flex max-w-full min-w-0 items-center gap-1 [&_svg]:size-3">
          <Icon of={Paperclip} className="shrink-0" />
          <span className="truncate">{visibleText(name)}</span>
          <span className="shrink-0">{formatBytes(size)}</span>
        </li>
      ))}
    </ul>
  )
}

function Text({ item: { text, files = [], steers, problem } }: { item: QueuedMessage }) {
  return (
    <div className="min-w-0 grow py-1.5">
      {text !== '' && (
        <p dir="auto" className="line-clamp-2 wrap-anywhere whitespace-pre-line">
          {text}
        </p>
      )}
      <QueuedFiles files={files} />
      {steers && (
        <p className="flex items-center gap-1 text-xs text-muted [&_svg]:size-3">
          <Icon of={CornerDownRight} />
          {t`Told to the agent before its next step`}
        </p>
      )}
      {problem !== undefined && <p className="text-xs text-danger">{problem}</p>}
    </div>
  )
}

function useQueueChange(conversationId: string) {
  const client = useQueryClient()
  const { drafts } = useChat()
  return async (change: () => Promise<void>, text?: string) => {
    drafts.fail(conversationId, null)
    try {
      await change()
    } catch (error) {
      // A text that was changed too late is not lost.
      const isLate = error instanceof ApiError && error.status === 404
      if (text !== undefined) drafts.giveBack(conversationId, text)
      if (text !== undefined || !isLate) {
        drafts.fail(conversationId, error instanceof Error ? error.message : String(error))
      }
    }
    void client.invalidateQueries({ queryKey: ['conversation', conversationId] })
    await client.invalidateQueries(queueQuery(conversationId))
  }
}
