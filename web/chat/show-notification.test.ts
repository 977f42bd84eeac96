import { expect, test, vi } from 'vitest'
import { showNotification } from './show-notification.ts'

test('where no page may show a notification, the service worker shows it', async () => {
  vi.stubGlobal('Notification', function Notification() {
    throw new TypeError('Illegal constructor')
  })
  const shown = vi.fn<() => Promise<void>>()
  vi.stubGlobal('navigator', {
    serviceWorker: { getRegistration: async () => ({ showNotification: shown }) },
  })
  await showNotification({ title: 'Tally', body: 'An answer is ready.', tag: 'r', path: '/c/1' })
  const options = { body: 'An answer is ready.', tag: 'r', data: '/c/1' }
  expect(shown).toHaveBeenCalledWith('Tally', options)
  vi.unstubAllGlobals()
})
