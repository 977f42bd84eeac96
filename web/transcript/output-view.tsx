import { useState } from 'react'
import type { OutputPart } from '#shared/message.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from './copy-button.tsx'
import { toLabel } from './to-label.ts'
import { ValueView } from './value-view.tsx'
import { t } from '#shared/translate.ts'

/** A structured output as labels and values, or as its JSON. */
export function OutputView({ part: { schema, value } }: { part: OutputPart }) {
  const [asJson, setAsJson] = useState(false)
  const json = JSON.stringify(value, null, 2) ?? 'null'
  const title = toLabel(schema)
  return (
    <section
      aria-label={title}
      className="overflow-hidden rounded-xl border border-line bg-surface text-sm"
    >
      <div className="flex min-h-10 items-center gap-1 border-b border-line py-1 pr-1.5 pl-3.5 pointer-coarse:min-h-11">
        <h3 className="mr-auto min-w-0 truncate font-medium">{title}</h3>
        <Button
          variant="quiet"
          aria-pressed={asJson}
          className="!h-8 !px-2.5 text-[13px] aria-pressed:bg-sunken aria-pressed:text-ink pointer-coarse:!h-11"
          onClick={() => setAsJson(!asJson)}
        >
          JSON
        </Button>
        <CopyButton label={t`Copy JSON`} text={json} />
      </div>
      <div className="px-3.5 py-3">
        {asJson ? (
          <pre className="font-mono text-[13px]/5 wrap-anywhere whitespace-pre-wrap">{json}</pre>
        ) : (
          <ValueView value={value} />
        )}
      </div>
    </section>
  )
}
