import { Copy } from 'lucide-react'
import type { Receipt } from '#shared/api.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useToast } from '../ui/toast.tsx'
import { receiptText } from './receipt-text.ts'

export function CopyReceipt({ receipt }: { receipt: Receipt }) {
  const showToast = useToast()
  const copy = () =>
    navigator.clipboard.writeText(receiptText(receipt)).then(
      () => showToast({ text: 'Receipt copied.' }),
      () => showToast({ text: 'The browser did not allow copying.' }),
    )
  return (
    <IconButton label="Copy as text" onClick={() => void copy()}>
      <Copy aria-hidden />
    </IconButton>
  )
}
