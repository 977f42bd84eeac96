import { Check, Copy } from 'lucide'
import { useEffect, useState } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { copyText } from './copy-text.ts'

interface CopyButtonProps {
  label: string
  text: string
  className?: string
}

export function CopyButton({ label, text, className = '' }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1_500)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <IconButton
      label={copied ? 'Copied' : label}
      className={className}
      onClick={() => void copyText(text).then(setCopied)}
    >
      {copied ? <Icon of={Check} className="text-accent" /> : <Icon of={Copy} />}
    </IconButton>
  )
}
