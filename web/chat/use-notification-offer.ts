import { useEffect, useRef } from 'react'
import { isHidden } from '../api/page-wake.ts'
import { notifications } from '../ui/notifications.ts'
import { readStored, writeStored } from '../ui/stored.ts'
import { useToast } from '../ui/toast.tsx'
import { t } from '#shared/translate.ts'

const OFFERED = 'tally.notifications.offered'

/** Offers notifications once, to a user who has left the tab and come back while an answer is written. */
export function useNotificationOffer(active: boolean): void {
  const toast = useToast()
  const left = useRef(false)
  useEffect(() => {
    const onChange = () => {
      if (isHidden()) {
        left.current = active
        return
      }
      const isWanted = left.current && active && mayOffer()
      left.current = false
      if (!isWanted) return
      writeStored(OFFERED, 'yes')
      toast({
        text: t`Get a notification when an answer is ready?`,
        action: { label: t`Turn on`, run: () => void notifications.turnOn() },
      })
    }
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  }, [active, toast])
}

function mayOffer(): boolean {
  return (
    notifications.permission() === 'default' &&
    notifications.choice() === null &&
    readStored(OFFERED) === null
  )
}
