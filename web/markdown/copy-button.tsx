import { useEffect, useState } from 'react'
import { copyText } from '../ui/copy-text.ts'

interface CopyButtonProps {
  label: string
  /** Asked for when it is copied. */
  text: () => string
}

export function CopyButton({ label, text }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'Copied' | 'Not copied' | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), 2_000)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = () => copyText(text()).then((copied) => setOutcome(copied ? 'Copied' : 'Not copied'))
  return (
    <>
      {outcome !== null && <output>{outcome}</output>}
      <button type="button" aria-label={label} onClick={() => void copy()}>
        Copy
      </button>
    </>
  )
}
