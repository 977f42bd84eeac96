import { CornerDownRight, ListPlus } from 'lucide'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'

interface QueueButtonsProps {
  disabled: boolean
  onSteer: () => void
  onQueue: () => void
}

/** What can be done with a text while an answer is written. Enter queues it. */
export function QueueButtons({ disabled, onSteer, onQueue }: QueueButtonsProps) {
  return (
    <>
      <IconButton
        label="Steer"
        title="Steer: tell the agent before its next step"
        disabled={disabled}
        onClick={onSteer}
        className="rounded-full"
      >
        <Icon of={CornerDownRight} />
      </IconButton>
      <IconButton
        label="Queue"
        title="Queue: send it after this answer"
        disabled={disabled}
        onClick={onQueue}
        className="rounded-full"
      >
        <Icon of={ListPlus} />
      </IconButton>
    </>
  )
}
