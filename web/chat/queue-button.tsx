import { ListPlus } from 'lucide'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'

interface QueueButtonProps {
  disabled: boolean
  onQueue: () => void
}

/** What Enter does while an answer is written, for those who have no such key. */
export function QueueButton({ disabled, onQueue }: QueueButtonProps) {
  return (
    <IconButton label="Queue" disabled={disabled} onClick={onQueue} className="rounded-full">
      <Icon of={ListPlus} />
    </IconButton>
  )
}
