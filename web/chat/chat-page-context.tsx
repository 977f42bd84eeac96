import { ContextDialog } from '../context/context-dialog.tsx'

interface ChatPageContextProps {
  conversationId: string
  onOpenChange: (open: boolean) => void
}

export function ChatPageContext(props: ChatPageContextProps) {
  return <ContextDialog {...props} />
}
