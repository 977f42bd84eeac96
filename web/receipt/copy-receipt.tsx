import { Copy } from 'lucide'
import type { Receipt } from '#shared/api.ts'
import { copyText } from '../ui/copy-text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useToast } from '../ui/toast.tsx'
import { receiptText } from './receipt-text.ts'

export function CopyReceipt({ receipt }: { receipt: Receipt }) {
  const showToast = useToast()
  const copy = () =>
    copyText(receiptText(receipt)).then((copied) =>
      showToast({ text: copied ? 'Receipt copied.' : 'The browser did not allow copying.' }),
    )
  return (
    <IconButton label="Copy as text" onClick={() => void copy()}>
      <Icon of={Copy} />
    </IconButton>
  )
}
