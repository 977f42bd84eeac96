import { useState } from 'react'
import { t } from '#shared/translate.ts'

/** The JSON of what an import does not know. */
export function SourceView({ source }: { source: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      {' '}
      <button
        type="button"
        aria-expanded={open}
        className="rounded underline underline-offset-2 hover:text-ink"
        onClick={() => setOpen(!open)}
      >
        {open ? t`Hide source` : t`Show source`}
      </button>
      {open && (
        <code className="mt-2 block max-h-80 overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs whitespace-pre">
          {source}
        </code>
      )}
    </>
  )
}
