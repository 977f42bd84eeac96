import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Upload } from 'lucide'
import type { ReactNode } from 'react'
import type { PromptImportReport } from '#shared/prompts.ts'
import { visibleText } from '#shared/visible-text.ts'
import { importPrompts, promptsQuery } from '../../api/prompts.ts'
import { Icon } from '../../ui/icon.tsx'
import { t, tAs } from '#shared/translate.ts'

/** The row of buttons, one of which imports, and below it what came of that. */
export function ImportPrompts({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const importing = useMutation({
    mutationFn: importPrompts,
    onSettled: () => client.invalidateQueries(promptsQuery()),
  })
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 pt-4">
        {children}
        <label className="relative inline-flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3.5 text-sm font-medium hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-11">
          <input
            type="file"
            accept=".json,application/json"
            disabled={importing.isPending}
            className="absolute inset-0 cursor-pointer opacity-0"
            onChange={({ target }) => {
              const [file] = target.files ?? []
              if (file !== undefined) importing.mutate(file)
              target.value = ''
            }}
          />
          <Icon of={Upload} className="size-4 text-muted" />
          {tAs('a verb')`Import`}
        </label>
      </div>
      <output className="block">{importing.data && <Report report={importing.data} />}</output>
      <p role="alert" className="text-sm text-danger not-empty:pt-3">
        {importing.error?.message}
      </p>
    </>
  )
}

function Report({ report: { added, skipped, renamed, refused } }: { report: PromptImportReport }) {
  const counts = [
    t`${added} added`,
    ...(skipped > 0 ? [t`${skipped} already there`] : []),
    ...(refused.length > 0 ? [t`${refused.length} left out`] : []),
  ]
  return (
    <div className="pt-3 text-sm">
      <p>{t`Imported: ${counts.join(', ')}.`}</p>
      <Lines
        lines={[
          ...renamed.map(({ from, to }) => t`“${from}” is now “${to}”.`),
          ...refused.map(({ name, reason }) =>
            name === ''
              ? t`Left out one without a name: ${reason}`
              : t`Left out ${name}: ${reason}`,
          ),
        ]}
      />
    </div>
  )
}

const MAX_LINES = 20

function Lines({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null
  const more = lines.length - MAX_LINES
  return (
    <ul className="list-disc pt-1 pl-5 text-muted">
      {lines.slice(0, MAX_LINES).map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the list never changes
        <li key={index} className="wrap-anywhere">
          {visibleText(line)}
        </li>
      ))}
      {more > 0 && <li>{t`And ${more} more.`}</li>}
    </ul>
  )
}
