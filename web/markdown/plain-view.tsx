import { use } from 'react'
import type { Plain } from './blocks.ts'
import { FormatAllContext } from './document-context.ts'
import { PlainLines } from './line-groups.tsx'

const reasons = {
  length: 'This text is very long. From here on it is shown as it was written.',
  depth: 'This text is nested too deeply to be formatted. It is shown as it was written.',
}

export function PlainView({ plain, version }: { plain: Plain; version: number }) {
  const formatAll = use(FormatAllContext)
  return (
    <>
      <p className="md-notice">
        {reasons[plain.reason]}{' '}
        {plain.reason === 'length' && (
          <button type="button" onClick={formatAll}>
            Render anyway
          </button>
        )}
      </p>
      <div className="md-plain">
        <PlainLines text={plain.content} version={version} />
      </div>
    </>
  )
}
