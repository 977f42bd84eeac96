import { useEffect, useState } from 'react'

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
  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => setOutcome('Copied'),
      () => setOutcome('Not copied'),
    )
  return (
    <>
      {outcome !== null && <output>{outcome}</output>}
      <button type="button" aria-label={label} onClick={copy}>
        Copy
      </button>
    </>
  )
}
