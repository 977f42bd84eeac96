import { BilledDialog } from '../context/billed-dialog.tsx'

interface ChatPageBilledProps {
  conversationId: string
  onOpenChange: (open: boolean) => void
}

export function ChatPageBilled(props: ChatPageBilledProps) {
  return <BilledDialog {...props} />
}
