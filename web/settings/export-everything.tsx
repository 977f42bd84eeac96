import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide'
import { useState } from 'react'
import { exportEstimateQuery } from '../api/transfer.ts'
import { Icon } from '../ui/icon.tsx'
import { formatBytes } from './format-bytes.ts'
import { language, plural, t } from '#shared/translate.ts'

/** The browser saves the zip while the server writes it. */
export function ExportEverything() {
  const estimate = useQuery(exportEstimateQuery())
  const [markdown, setMarkdown] = useState(false)
  return (
    <section aria-labelledby="export-everything" className="py-5">
      <h3 id="export-everything" className="font-medium">
        {t`Export everything`}
      </h3>
      <p className="max-w-prose pt-0.5 text-sm text-muted">
        {t`One zip with every conversation, its branches, tool calls and costs. Tally can import it again. Keys of providers are not in it.`}
      </p>
      <label className="flex items-center gap-2 pt-3 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={markdown}
          onChange={(event) => setMarkdown(event.target.checked)}
        />
        {t`Add each conversation as Markdown`}
      </label>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 pt-3 text-sm">
        <a
          href={markdown ? '/api/export?format=markdown' : '/api/export'}
          download
          className="flex h-10 items-center gap-2 rounded-lg border border-line-strong px-3.5 hover:bg-sunken pointer-coarse:h-11"
        >
          <Icon of={Download} className="size-4 text-muted" />
          {t`Export everything`}
        </a>
        {estimate.data !== undefined && (
          <span className="text-muted tabular-nums">
            {t`${formatConversations(estimate.data.conversations)}, at most ${formatBytes(estimate.data.storedBytes)}`}
          </span>
        )}
      </div>
    </section>
  )
}

function formatConversations(count: number): string {
  return plural(count, {
    one: t`1 conversation`,
    other: t`${count.toLocaleString(language())} conversations`,
  })
}
