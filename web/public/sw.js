// The service worker: a page that says so when the server does not answer. It stores nothing. Files with a hash
// in their names are in the browser's own cache, and what /api answers must never come from another one.
addEventListener('install', () => skipWaiting())

addEventListener('activate', (event) => {
  // The request leaves while the worker still starts.
  event.waitUntil(registration.navigationPreload?.enable())
})

addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(open(event))
})

addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openConversation(event.notification.data))
})

/** In a tab of Tally, or in a new one. */
async function openConversation(path) {
  const [tab] = await clients.matchAll({ type: 'window' })
  if (tab === undefined) return clients.openWindow(path)
  await tab.navigate(path)
  return tab.focus()
}

async function open({ request, preloadResponse }) {
  if (new URL(request.url).pathname.startsWith('/api/')) return fetch(request)
  try {
    return (await preloadResponse) ?? (await fetch(request))
  } catch {
    return new Response(OFFLINE, {
      status: 503,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'",
      },
    })
  }
}

const OFFLINE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Tally does not answer</title>
    <style>
      body {
        margin: 0;
        min-height: 100dvh;
        display: grid;
        place-items: center;
        font: 15px/1.6 Inter, system-ui, sans-serif;
        background: light-dark(#fbfaf8, #151413);
        color: light-dark(#26241f, #e9e7e3);
      }
      main { max-width: 26rem; padding: 1.5rem; }
      h1 { margin: 0 0 0.5rem; font-size: 1.35rem; letter-spacing: -0.01em; }
      p { margin: 0 0 0.75rem; color: light-dark(#68645c, #a8a49c); }
      a {
        display: inline-block;
        margin-top: 0.5rem;
        padding: 0.6rem 1rem;
        border-radius: 0.5rem;
        background: light-dark(#006b4b, #4fc796);
        color: light-dark(#f6fbf8, #06170f);
        font-weight: 500;
        text-decoration: none;
      }
    </style>
  </head>
  <body>
    <main>
      <h1>Tally does not answer</h1>
      <p>
        The server cannot be reached. Your conversations are stored there, not in this browser, so none
        can be shown now. Answers that are being written go on without this page.
      </p>
      <p>Check that the server runs and that you are connected to its network.</p>
      <a href="">Try again</a>
    </main>
  </body>
</html>`
