import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { notifications } from '../ui/notifications.ts'
import { useStore } from '../ui/store.ts'
import { t } from '#shared/translate.ts'

/** Asks the browser for the permission only when it is turned on here. */
export function NotificationField() {
  const isOn = useStore(notifications, notifications.isOn)
  const choice = useStore(notifications, notifications.choice)
  const permission = useStore(notifications, notifications.permission)
  const [asking, setAsking] = useState(false)
  const turnOn = async () => {
    setAsking(true)
    await notifications.turnOn().catch(() => undefined)
    setAsking(false)
  }
  return (
    <section aria-labelledby="notifications" className="py-5">
      <h3 id="notifications" className="font-medium">
        {t`Notifications`}
      </h3>
      <p className="max-w-prose pt-0.5 text-sm text-muted">
        {t`When an answer is ready or waits for you, and no tab of Tally is visible. Kept in this browser.`}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-3 text-sm">
        {permission === 'unsupported' && (
          <p>{t`This browser has no notifications at this address. They need HTTPS or localhost.`}</p>
        )}
        {permission === 'denied' && (
          <p>{t`The browser blocks them. Allow notifications for this site in its settings.`}</p>
        )}
        {(permission === 'default' || permission === 'granted') && (
          <Button
            busy={asking}
            onClick={() => (isOn ? notifications.choose('off') : void turnOn())}
          >
            {isOn ? t`Turn off` : t`Turn on`}
          </Button>
        )}
        {isOn && (
          <label className="flex items-center gap-2 py-2">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={choice === 'full'}
              onChange={({ target }) => notifications.choose(target.checked ? 'full' : 'brief')}
            />
            {t`Show titles and questions in them`}
          </label>
        )}
      </div>
    </section>
  )
}
