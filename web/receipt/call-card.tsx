import { useId } from 'react'
import type { ReceiptCall } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import { modelLabel } from '#shared/model-label.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Amount } from '../ui/amount.tsx'
import {
  callFacts,
  formatCertainty,
  formatCorrection,
  FLAG_LABELS,
  PURPOSE_LABELS,
} from './format-call.ts'
import { CacheNote } from './cache-notes.tsx'
import { CertaintyBadge } from './certainty-badge.tsx'
import { LineTable } from './line-table.tsx'
import { WithoutPrice } from './without-price.tsx'
import { t } from '#shared/translate.ts'

const STATUS = {
  completed: { label: t`Completed`, color: 'text-muted' },
  stopped: { label: t`Stopped`, color: 'text-warn' },
  failed: { label: t`Failed`, color: 'text-danger' },
}

export function CallCard({ call }: { call: ReceiptCall }) {
  const headingId = useId()
  return (
    <article
      aria-labelledby={headingId}
      className="space-y-3 rounded-xl border border-line p-3 sm:p-4"
    >
      <header>
        <div className="flex items-baseline gap-3">
          <h3 id={headingId} className="mr-auto font-semibold wrap-anywhere">
            {visibleText(modelLabel(call.modelReturned ?? call.modelRequested))}
          </h3>
          <Amount of={call} className="font-medium" />
        </div>
        <CallContext call={call} />
      </header>
      <LineTable call={call} />
      <CacheNote cache={call.cache} />
      {call.flags?.map((flag) => (
        <p key={flag} className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
          {FLAG_LABELS[flag]}
        </p>
      ))}
      <CertaintyBadge of={call}>{formatCertainty(call)}</CertaintyBadge>
      <WithoutPrice calls={[call]} />
      <Corrections call={call} />
      <Facts call={call} />
      <RawUsage call={call} />
    </article>
  )
}

function Corrections({ call: { certainty, corrections = [] } }: { call: ModelCall }) {
  if (corrections.length === 0) return null
  const wasUnreported =
    certainty === 'estimated' && corrections.at(-1)?.reason === 'finished_counting'
  return (
    <ul aria-label={t`Corrections`} className="space-y-1 text-sm text-muted">
      {corrections.map((correction, at) => (
        // Two corrections can have the same time.
        <li key={`${correction.at} ${at}`}>{formatCorrection(correction)}</li>
      ))}
      {wasUnreported && (
        <li>{t`The provider never reported usage, so the amount is still an estimate.`}</li>
      )}
    </ul>
  )
}

function CallContext({ call }: { call: ModelCall }) {
  const status = STATUS[call.status]
  const parts = [
    call.provider,
    PURPOSE_LABELS[call.purpose],
    ...(call.agent === null ? [] : [call.agent]),
    ...(call.attempt > 1 ? [t`Attempt ${call.attempt}`] : []),
  ]
  return (
    <p className="text-sm text-muted">
      {parts.join(' · ')} · <span className={status.color}>{status.label}</span>
      {call.modelReturned !== null && call.modelReturned !== call.modelRequested && (
        <span className="block wrap-anywhere">{t`Requested: ${call.modelRequested}`}</span>
      )}
    </p>
  )
}

function Facts({ call }: { call: ModelCall }) {
  return (
    <dl className="grid grid-cols-2 gap-x-5 gap-y-2 text-sm sm:grid-cols-4">
      {callFacts(call).map(({ name, value, long }) => (
        <div key={name} className={long === true ? 'col-span-2' : ''}>
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="tabular-nums wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function RawUsage({ call }: { call: ModelCall }) {
  if (call.rawUsage === null || call.rawUsage === undefined) return null
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded py-1 text-muted hover:text-ink">
        {t`Raw usage`}
      </summary>
      <pre className="mt-1 overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-xs">
        {JSON.stringify(call.rawUsage, null, 2)}
      </pre>
    </details>
  )
}
