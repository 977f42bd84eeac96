import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide'
import { useState } from 'react'
import type { ConversationSummary } from '#shared/conversation.ts'
import { DEFAULT_SHARE_OPTIONS, type ShareContents, type ShareOptions } from '#shared/share.ts'
import { visibleText } from '#shared/visible-text.ts'
import { shareContentsQuery, sharedPagePath } from '../api/transfer.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { formatBytes } from '../ui/format-bytes.ts'
import { Icon } from '../ui/icon.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { savePath } from './save-path.ts'

interface ShareDialogProps {
  conversation: ConversationSummary
  onClose: () => void
}

const CHOICES: [keyof ShareOptions, string][] = [
  ['tools', 'Tool calls'],
  ['receipt', 'Receipt'],
  ['reasoning', 'Reasoning'],
  ['files', 'Files'],
]

/** Saves the shown branch as a page, and says before what will be in it. */
export function ShareDialog({ conversation, onClose }: ShareDialogProps) {
  const contents = useQuery(shareContentsQuery(conversation.id))
  const [options, setOptions] = useState(DEFAULT_SHARE_OPTIONS)
  const download = () => {
    savePath(sharedPagePath(conversation.id, options))
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Share conversation"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={!contents.isSuccess} onClick={download}>
            <Icon of={Download} className="size-4" />
            Download page
          </Button>
        </>
      }
    >
      <p className="max-w-prose text-sm text-muted">
        One file with the shown branch of “{visibleText(conversation.title)}”. It opens in any
        browser, without Tally. Nothing is uploaded: you decide who gets it.
      </p>
      {contents.isPending && <Skeleton className="mt-4 h-36 w-full" />}
      {contents.isError && (
        <ErrorState
          title="The conversation could not be read"
          error={contents.error}
          onRetry={() => void contents.refetch()}
        />
      )}
      {contents.isSuccess && (
        <>
          <fieldset className="pt-4">
            <legend className="sr-only">What the page contains</legend>
            {CHOICES.map(([name, label]) => (
              <label
                key={name}
                className="flex min-h-9 items-center gap-2.5 pointer-coarse:min-h-11"
              >
                <input
                  type="checkbox"
                  aria-describedby={`share-${name}`}
                  className="size-4 accent-accent"
                  checked={options[name]}
                  onChange={(event) => setOptions({ ...options, [name]: event.target.checked })}
                />
                {label}
                <span id={`share-${name}`} className="text-sm text-muted tabular-nums">
                  {aboutChoice(name, contents.data)}
                </span>
              </label>
            ))}
          </fieldset>
          <div className="mt-4 rounded-xl bg-sunken px-4 py-3 text-sm" aria-live="polite">
            <p className="font-medium">The page will contain</p>
            <p className="pt-0.5">{formatShare(contents.data, options)}</p>
          </div>
        </>
      )}
    </Dialog>
  )
}

function aboutChoice(name: keyof ShareOptions, contents: ShareContents): string {
  switch (name) {
    case 'tools':
      return count(contents.toolCalls, 'call', 'None')
    case 'receipt':
      return 'What each answer cost'
    case 'reasoning':
      return count(contents.reasoning, 'passage', 'None')
    case 'files':
      return formatFiles(contents)
  }
}

function formatFiles({ images, imageBytes, otherFiles }: ShareContents): string {
  const named = otherFiles > 0 && `${count(otherFiles, 'file')} by name only`
  const shown = images > 0 && `${count(images, 'image')}, ${formatBytes(imageBytes)}`
  return [shown, named].filter((part) => part !== false).join(', ') || 'None'
}

/** Example: "12 messages, 3 tool calls, no files, no reasoning, no receipt; the title; the name of the model." */
function formatShare(contents: ShareContents, options: ShareOptions): string {
  const { messages, toolCalls, reasoning, images, otherFiles, withheld, models } = contents
  const or = (chosen: boolean, number: number, one: string) =>
    chosen && number > 0 ? count(number, one) : `no ${one}s`
  const what = [
    count(messages, 'message'),
    or(options.tools, toolCalls, 'tool call'),
    images === 0 || !options.files ? 'no files' : count(images, 'image'),
    options.reasoning && reasoning > 0 ? 'the reasoning' : 'no reasoning',
    options.receipt ? 'the receipt' : 'no receipt',
  ]
  const names = [
    'the title',
    ...(models.length > 0
      ? [`the names of the agents and models (${models.map(visibleText).join(', ')})`]
      : []),
    ...(images + otherFiles > 0 ? ['the names of the files'] : []),
  ]
  const sentence = `${what.join(', ')}; ${names.join(', ')}.`
  if (withheld === 0) return sentence
  return `${sentence} ${count(withheld, 'withheld answer')} will be named and left out.`
}

function count(number: number, one: string, none = `no ${one}s`): string {
  if (number === 0) return none
  return `${number.toLocaleString('en-US')} ${one}${number === 1 ? '' : 's'}`
}
