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
import { formatBytes } from '#shared/format-bytes.ts'
import { Icon } from '../ui/icon.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { savePath } from './save-path.ts'
import { language, plural, t } from '#shared/translate.ts'

interface ShareDialogProps {
  conversation: ConversationSummary
  onClose: () => void
}

const CHOICES: [keyof ShareOptions, string][] = [
  ['tools', t`Tool calls`],
  ['receipt', t`Receipt`],
  ['reasoning', t`Reasoning`],
  ['files', t`Files`],
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
      title={t`Share conversation`}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button variant="primary" disabled={!contents.isSuccess} onClick={download}>
            <Icon of={Download} className="size-4" />
            {t`Download page`}
          </Button>
        </>
      }
    >
      <p className="max-w-prose text-sm text-muted">
        {t`One file with the shown branch of “${visibleText(conversation.title)}”. It opens in any browser, without Tally. Nothing is uploaded: you decide who gets it.`}
      </p>
      {contents.isPending && <Skeleton className="mt-4 h-36 w-full" />}
      {contents.isError && (
        <ErrorState
          title={t`The conversation could not be read`}
          error={contents.error}
          onRetry={() => void contents.refetch()}
        />
      )}
      {contents.isSuccess && (
        <>
          <fieldset className="pt-4">
            <legend className="sr-only">{t`What the page contains`}</legend>
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
            <p className="font-medium">{t`The page will contain`}</p>
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
      return orNone(contents.toolCalls, callsLabel)
    case 'receipt':
      return t`What each answer cost`
    case 'reasoning':
      return orNone(contents.reasoning, passagesLabel)
    case 'files':
      return formatFiles(contents)
  }
}

function formatFiles({ images, imageBytes, otherFiles }: ShareContents): string {
  const named = otherFiles > 0 && t`${filesLabel(otherFiles)} by name only`
  const shown = images > 0 && `${imagesLabel(images)}, ${formatBytes(imageBytes)}`
  return [shown, named].filter((part) => part !== false).join(', ') || t`None`
}

/** Example: "12 messages, 3 tool calls, no files, no reasoning, no receipt; the title; the name of the model." */
function formatShare(contents: ShareContents, options: ShareOptions): string {
  const { messages, toolCalls, reasoning, images, otherFiles, withheld, models } = contents
  const what = [
    messages === 0 ? t`no messages` : messagesLabel(messages),
    options.tools && toolCalls > 0 ? toolCallsLabel(toolCalls) : t`no tool calls`,
    images === 0 || !options.files ? t`no files` : imagesLabel(images),
    options.reasoning && reasoning > 0 ? t`the reasoning` : t`no reasoning`,
    options.receipt ? t`the receipt` : t`no receipt`,
  ]
  const names = [
    t`the title`,
    ...(models.length > 0
      ? [t`the names of the agents and models (${models.map(visibleText).join(', ')})`]
      : []),
    ...(images + otherFiles > 0 ? [t`the names of the files`] : []),
  ]
  const sentence = `${what.join(', ')}; ${names.join(', ')}.`
  return withheld === 0 ? sentence : `${sentence} ${withheldSentence(withheld)}`
}

const orNone = (number: number, label: (number: number) => string) =>
  number === 0 ? t`None` : label(number)

const count = (number: number) => number.toLocaleString(language())

const callsLabel = (number: number) =>
  plural(number, { one: t`1 call`, other: t`${count(number)} calls` })

const passagesLabel = (number: number) =>
  plural(number, { one: t`1 passage`, other: t`${count(number)} passages` })

const filesLabel = (number: number) =>
  plural(number, { one: t`1 file`, other: t`${count(number)} files` })

const imagesLabel = (number: number) =>
  plural(number, { one: t`1 image`, other: t`${count(number)} images` })

const messagesLabel = (number: number) =>
  plural(number, { one: t`1 message`, other: t`${count(number)} messages` })

const toolCallsLabel = (number: number) =>
  plural(number, { one: t`1 tool call`, other: t`${count(number)} tool calls` })

const withheldSentence = (number: number) =>
  plural(number, {
    one: t`1 withheld answer will be named and left out.`,
    other: t`${count(number)} withheld answers will be named and left out.`,
  })
