// Whether this browser shows notifications, and what they say. The user's choice is kept here; the
// permission is the browser's.
import { Store } from './store.ts'
import { readStored, writeStored } from './stored.ts'

const KEY = 'tally.notifications'

/** `brief` names no conversation and quotes nothing. Null: the user has not chosen. */
export type NotificationChoice = 'off' | 'brief' | 'full' | null

class Notifications extends Store {
  constructor() {
    super()
    addEventListener('storage', ({ key }) => {
      if (key === KEY) this.notify()
    })
  }

  readonly choice = (): NotificationChoice => {
    const stored = readStored(KEY)
    return stored === 'off' || stored === 'brief' || stored === 'full' ? stored : null
  }

  /** A browser has them on HTTPS and on this computer only. */
  readonly permission = (): NotificationPermission | 'unsupported' =>
    'Notification' in globalThis ? Notification.permission : 'unsupported'

  readonly isOn = (): boolean => {
    const choice = this.choice()
    return choice !== null && choice !== 'off' && this.permission() === 'granted'
  }

  choose(choice: NotificationChoice): void {
    writeStored(KEY, choice)
    this.notify()
  }

  /** Asks the browser, which asks the user once. Call it on a click. */
  async turnOn(): Promise<void> {
    if (this.permission() === 'unsupported') return
    const permission = await Notification.requestPermission()
    if (permission === 'granted' && !this.isOn()) this.choose('brief')
    this.notify()
  }
}

export const notifications = new Notifications()
