import { CornerDownRight, ListPlus } from 'lucide'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { t } from '#shared/translate.ts'

interface QueueButtonsProps {
  canSend: boolean
  canSteer: boolean
  onSteer: () => void
  onQueue: () => void
}

/** What can be done with a text while an answer is written. Enter queues it. */
export function QueueButtons({ canSend, canSteer, onSteer, onQueue }: QueueButtonsProps) {
  return (
    <>
      <IconButton
        label={t`Steer`}
        title={
          canSend && !canSteer
            ? t`Files cannot be told the agent while it works: queue them`
            : t`Steer: tell the agent before its next step`
        }
        disabled={!canSteer}
        onClick={onSteer}
        className="rounded-full"
      >
        <Icon of={CornerDownRight} />
      </IconButton>
      <IconButton
        label={t`Queue`}
        title={t`Queue: send it after this answer`}
        disabled={!canSend}
        onClick={onQueue}
        className="rounded-full"
      >
        <Icon of={ListPlus} />
      </IconButton>
    </>
  )
}
