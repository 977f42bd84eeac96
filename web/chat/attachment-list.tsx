import { useQuery } from '@tanstack/react-query'
import { FileText, RotateCw, X } from 'lucide'
import { useId } from 'react'
import type { Conversation } from '#shared/conversation.ts'
import { estimateQuery } from '../api/context.ts'
import { fileUrl } from '../api/files.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { formatBytes } from '#shared/format-bytes.ts'
import type { Attachment } from './attachment.ts'
import { useChat } from './chat-context.ts'
import { formatAttachment, type Pricing } from './format-attachment.ts'
import { uploadsOf } from './uploads-of.ts'
import type { NewChatSetup } from './run-sessions.ts'
import { t } from '#shared/translate.ts'

interface AttachmentListProps {
  threadId: string
  files: readonly Attachment[]
  conversation: Conversation | null
  newChat: NewChatSetup
}

/** What is attached to what is being written: what the model gets of it, and what that costs. */
export function AttachmentList({ threadId, files, conversation, newChat }: AttachmentListProps) {
  const target =
    conversation === null
      ? { conversationId: null, ...newChat }
      : { conversationId: conversation.id }
  const version = JSON.stringify([conversation?.provider, conversation?.model])
  const { data: estimate } = useQuery(estimateQuery({ ...target, text: '' }, version))
  return (
    <ul aria-label={t`Attached files`} className="flex flex-col gap-1.5 px-3 pt-3">
      {files.map((file) => (
        <Row key={file.key} threadId={threadId} file={file} pricing={estimate ?? null} />
      ))}
    </ul>
  )
}

interface RowProps {
  threadId: string
  file: Attachment
  pricing: Pricing | null
}

function Row({ threadId, file, pricing }: RowProps) {
  const { drafts } = useChat()
  const uploads = uploadsOf(drafts)
  const { key, name, size, info, error } = file
  const isImage = info?.type.startsWith('image/') === true
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-xl bg-sunken p-1.5">
      {isImage ? (
        <img
          src={fileUrl(info?.id ?? '')}
          alt=""
          className="size-10 shrink-0 rounded-lg object-cover"
        />
      ) : (
        <span className="flex size-10 shrink-0 items-center justify-center rounded-lg bg-surface text-muted">
          <Icon of={FileText} className="size-5" />
        </span>
      )}
      <div className="min-w-0 grow basis-40 text-sm">
        <p className="truncate" title={name}>
          {name} <span className="text-xs text-muted">{formatBytes(size)}</span>
        </p>
        <p
          role={error === undefined ? 'status' : 'alert'}
          className={`text-xs ${error === undefined ? 'text-muted' : 'text-danger'}`}
        >
          {formatAttachment(file, pricing)}
        </p>
      </div>
      <span className="ml-auto flex shrink-0 sm:order-last">
        {error !== undefined && uploads.canRetry(key) && (
          <IconButton label={t`Upload ${name} again`} onClick={() => uploads.retry(threadId, key)}>
            <Icon of={RotateCw} />
          </IconButton>
        )}
        <IconButton label={t`Remove ${name}`} onClick={() => uploads.remove(threadId, key)}>
          <Icon of={X} />
        </IconButton>
      </span>
      {info?.type === 'application/pdf' && <PdfChoice file={file} />}
    </li>
  )
}

function PdfChoice({ file }: Pick<RowProps, 'file'>) {
  const { drafts } = useChat()
  const id = useId()
  const { key, info, send, pages = '' } = file
  const change = (next: Partial<Attachment>) => drafts.changeFile(key, next)
  return (
    <div className="flex flex-wrap items-center gap-2 text-xs max-sm:basis-full">
      <select
        aria-label={t`Send ${file.name} as`}
        value={send ?? 'whole'}
        className="h-8 rounded-lg border border-line bg-surface px-2"
        onChange={({ target }) =>
          change(
            target.value === 'original'
              ? { send: 'original', pages: undefined }
              : { send: undefined },
          )
        }
      >
        <option value="whole">{t`Text`}</option>
        <option value="original">{t`Text and page images`}</option>
      </select>
      {send === undefined && (
        <label htmlFor={id} className="flex items-center gap-1.5">
          {t`Pages`}
          <input
            id={id}
            value={pages}
            placeholder={`1-${info?.pages ?? 1}`}
            className="h-8 w-24 rounded-lg border border-line bg-surface px-2"
            onChange={({ target }) =>
              change({ pages: target.value.trim() === '' ? undefined : target.value })
            }
          />
        </label>
      )}
    </div>
  )
}
