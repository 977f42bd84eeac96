import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ConversationContext } from '#shared/context.ts'
import { contextSentence } from '#shared/notice-sentences.ts'
import { modelLabel } from '#shared/model-label.ts'
import { contextGroupsQuery } from '../api/context.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { formatTokens } from '../ui/tokens.tsx'
import { PartTable, percent } from './part-table.tsx'
import { Summarize } from './summarize.tsx'
import { WindowField } from './window-field.tsx'
import { t } from '#shared/translate.ts'

const MAX_TURNS = 30
/** The share from which a long answer may not fit. */
const ALMOST_FULL = 0.8

interface ContextDialogProps {
  conversationId: string
  onOpenChange: (open: boolean) => void
}

/** How much of the model's window the next request fills, by part. */
export function ContextDialog({ conversationId, onOpenChange }: ContextDialogProps) {
  const context = useQuery({ ...contextGroupsQuery(conversationId, MAX_TURNS), staleTime: 0 })
  const client = useQueryClient()
  const reload = () => void client.invalidateQueries({ queryKey: ['context'] })
  return (
    <Dialog open onOpenChange={onOpenChange} title={t`Context`}>
      {context.isPending && <Loading />}
      {context.data !== undefined && (
        <Carried conversationId={conversationId} context={context.data} onSaved={reload} />
      )}
      {context.isLoadingError && (
        <ErrorState
          title={t`The context could not be loaded`}
          error={context.error}
          onRetry={() => void context.refetch()}
        />
      )}
    </Dialog>
  )
}

interface CarriedProps {
  conversationId: string
  context: ConversationContext
  onSaved: () => void
}

function Carried({ conversationId, context, onSaved }: CarriedProps) {
  const { inputTokens, window, model, leftOut } = context
  return (
    <div className="space-y-5">
      <div>
        <p className="text-sm text-muted">{t`Without your next message, the next request carries`}</p>
        <p className="text-2xl font-semibold tracking-tight tabular-nums">
          {context.certainty === 'estimated' && '≈'}
          {t`${formatTokens(inputTokens)} tokens`}
        </p>
        {window !== null && <Window {...{ used: inputTokens, window, model, leftOut }} />}
      </div>
      {context.provider !== null && context.model !== null && (
        <WindowField
          provider={context.provider}
          model={context.model}
          window={window}
          onSaved={onSaved}
        />
      )}
      <Summarize conversationId={conversationId} />
      <PartTable groups={context.groups} inputTokens={inputTokens} />
      <p className="text-xs text-muted">
        {context.certainty === 'reported'
          ? t`The provider counted the last request; everything since, and the share of each part, is estimated.`
          : t`Counted by Tally, because this model has not counted a request of this conversation yet. Models count slightly differently.`}
      </p>
    </div>
  )
}

interface WindowProps extends Pick<ConversationContext, 'model' | 'leftOut'> {
  used: number
  window: number
}

function Window({ used, window, model, leftOut }: WindowProps) {
  const full = used / window > ALMOST_FULL
  const [share, all] = [percent(used, window), formatTokens(window)]
  const usage =
    model === null
      ? t`${share} of the ${all} tokens that the model takes`
      : t`${share} of the ${all} tokens that ${modelLabel(model)} takes`
  return (
    <>
      <div aria-hidden className="mt-3 h-2 overflow-hidden rounded-full bg-sunken">
        <div
          className={`h-full rounded-full ${full ? 'bg-warn' : 'bg-accent'}`}
          style={{ width: `${Math.min(100, (used / window) * 100)}%` }}
        />
      </div>
      <p className="mt-1.5 text-sm text-muted tabular-nums">{usage}.</p>
      {leftOut !== null && (
        <p className="mt-1.5 text-sm text-warn">
          {contextSentence({ kind: 'left_out', ...leftOut })}
        </p>
      )}
      {full && leftOut === null && (
        <p className="mt-1.5 text-sm text-warn">
          {t`Almost full. Summarize older messages, or drop long results of tools on their cards.`}
        </p>
      )}
    </>
  )
}

function Loading() {
  return (
    <output className="block space-y-4">
      <span className="sr-only">{t`Loading the context`}</span>
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-64 w-full" />
    </output>
  )
}
