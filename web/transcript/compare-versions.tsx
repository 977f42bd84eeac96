import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { messageText } from '#shared/message-text.ts'
import type { MessageVersion } from '#shared/messages.ts'
import { modelLabel } from '#shared/model-label.ts'
import { visibleText } from '#shared/visible-text.ts'
import { messageQuery } from '../api/messages.ts'
import { Amount } from '../ui/amount.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import {
  type ComparedText,
  type ComparedTexts,
  compareTexts,
  MARK_CLASSES,
  MARK_LABEL,
} from './compare-texts.ts'
import { formatDuration } from './duration.ts'
import type { TextPiece } from './word-difference.ts'
import { t } from '#shared/translate.ts'

interface CompareVersionsProps {
  /** Of the version that is shown. */
  id: string
  /** All versions, oldest first. */
  siblingIds: string[]
  onClose: () => void
}

/** Two versions of a message beside each other, with the words in which they differ. */
export function CompareVersions({ id, siblingIds, onClose }: CompareVersionsProps) {
  const at = Math.max(siblingIds.indexOf(id), 1)
  const [ids, setIds] = useState<[string, string]>([siblingIds[at - 1] ?? id, siblingIds[at] ?? id])
  const before = useQuery({ ...messageQuery(ids[0]), staleTime: 0 })
  const after = useQuery({ ...messageQuery(ids[1]), staleTime: 0 })
  const compared = useCompared(before.data, after.data)
  const error = before.error ?? after.error
  return (
    <Dialog open onOpenChange={onClose} title={t`Compare versions`} wide>
      {error !== null && (
        <ErrorState
          title={t`The versions could not be loaded`}
          error={error}
          onRetry={() => void Promise.all([before.refetch(), after.refetch()])}
        />
      )}
      {compared?.isMarked === false && (
        <p className="mb-3 text-sm text-muted">
          {t`These versions differ in too much to mark the words.`}
        </p>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Version
          label={t`First version`}
          mark="del"
          text={compared?.before}
          version={before.data}
          siblingIds={siblingIds}
          id={ids[0]}
          onChoose={(chosen) => setIds([chosen, ids[1]])}
        />
        <Version
          label={t`Second version`}
          mark="ins"
          text={compared?.after}
          version={after.data}
          siblingIds={siblingIds}
          id={ids[1]}
          onChoose={(chosen) => setIds([ids[0], chosen])}
        />
      </div>
    </Dialog>
  )
}

/** Undefined until it is known. */
function useCompared(before: MessageVersion | undefined, after: MessageVersion | undefined) {
  const [known, setKnown] = useState<{ of: string; compared: ComparedTexts } | null>(null)
  const [from, to] = [before && messageText(before), after && messageText(after)]
  const of = `${before?.id} ${after?.id}`
  // A message of the user is shown as it was written.
  const isMarkdown = before?.role === 'assistant'
  useEffect(() => {
    if (from === undefined || to === undefined) return
    let isCurrent = true
    const compare = async () => {
      const compared = await compareTexts(from, to, isMarkdown)
      if (isCurrent) setKnown({ of, compared })
    }
    void compare()
    return () => {
      isCurrent = false
    }
  }, [of, from, to, isMarkdown])
  return known?.of === of ? known.compared : undefined
}

interface VersionProps {
  label: string
  /** The words that the other version does not have. */
  mark: 'del' | 'ins'
  text: ComparedText | undefined
  version: MessageVersion | undefined
  id: string
  siblingIds: string[]
  onChoose: (id: string) => void
}

function Version({ label, mark, text, version, id, siblingIds, onChoose }: VersionProps) {
  return (
    <section aria-label={label} className="min-w-0 rounded-xl border border-line">
      <header className="border-b border-line px-3.5 py-2.5">
        <select
          aria-label={label}
          className="h-9 max-w-full rounded-lg border border-line-strong bg-surface px-2 text-sm font-medium pointer-coarse:h-11"
          value={id}
          onChange={({ target }) => onChoose(target.value)}
        >
          {siblingIds.map((sibling, index) => (
            <option key={sibling} value={sibling}>
              {t`Version ${index + 1}`}
            </option>
          ))}
        </select>
        {version !== undefined && <Facts version={version} />}
      </header>
      <div className="px-3.5 py-3 text-sm/6">
        {version === undefined || text === undefined ? (
          <Skeleton className="h-24" />
        ) : messageText(version) === '' ? (
          <p className="text-muted">{t`No text.`}</p>
        ) : Array.isArray(text) ? (
          <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
            {text.map((piece, index) => (
              <Piece key={index} piece={piece} mark={mark} />
            ))}
          </p>
        ) : (
          <Rendered box={text} />
        )}
      </div>
    </section>
  )
}

/** A text that was drawn past React. */
function Rendered({ box }: { box: HTMLElement }) {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => ref.current?.replaceChildren(box), [box])
  return <div ref={ref} />
}

function Piece({
  piece: { text, isDifferent },
  mark: Mark,
}: {
  piece: TextPiece
  mark: 'del' | 'ins'
}) {
  if (!isDifferent) return text
  return (
    <Mark className={MARK_CLASSES[Mark]}>
      <span className="sr-only">{MARK_LABEL}</span>
      {text}
    </Mark>
  )
}

function Facts({ version }: { version: MessageVersion }) {
  const { model, agent, totals, durationMs } = version
  return (
    <p className="flex flex-wrap gap-x-3 pt-1.5 text-xs text-muted tabular-nums">
      {model !== null && <span className="text-ink">{visibleText(modelLabel(model))}</span>}
      {agent !== null && <span>{visibleText(agent)}</span>}
      {totals !== null && totals.calls > 0 && <Amount of={totals} />}
      {durationMs !== null && <span>{formatDuration(durationMs)}</span>}
    </p>
  )
}
