import { navigate } from '../router.tsx'

interface Shown {
  title: string
  body: string
  /** Replaces an earlier one with this tag. */
  tag: string
  /** What a click opens. */
  path: string
}

/** The page shows it; the service worker does in browsers that let no page do that, as on Android. */
export async function showNotification({ title, body, tag, path }: Shown): Promise<void> {
  try {
    const notification = new Notification(title, { body, tag })
    notification.addEventListener('click', () => {
      window.focus()
      navigate(path)
      notification.close()
    })
  } catch {
    const worker = await navigator.serviceWorker?.getRegistration()
    await worker?.showNotification(title, { body, tag, data: path })
  }
}
