import { Check, Copy, X } from 'lucide'
import { useEffect, useState } from 'react'
import { copyText } from '../ui/copy-text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { t } from '#shared/translate.ts'

interface CopyButtonProps {
  label: string
  text: string
  className?: string
}

export function CopyButton({ label, text, className = '' }: CopyButtonProps) {
  const [copied, setCopied] = useState<boolean | null>(null)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), 1_500)
    return () => clearTimeout(timer)
  }, [copied])
  const outcome = copied === true ? t`Copied` : t`Not copied`
  return (
    <>
      <IconButton
        label={copied === null ? label : outcome}
        className={className}
        onClick={() => void copyText(text).then(setCopied)}
      >
        {copied === true && <Icon of={Check} className="text-accent" />}
        {copied === false && <Icon of={X} />}
        {copied === null && <Icon of={Copy} />}
      </IconButton>
      <output className="sr-only">{copied !== null && outcome}</output>
    </>
  )
}
