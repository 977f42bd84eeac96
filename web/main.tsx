import './app.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from './api/request.ts'
import { App } from './app.tsx'
import { preloadTranscript } from './chat/lazy-transcript.tsx'
import { parseRoute } from './router.tsx'

// Loads the transcript in parallel with the rest of the page.
const route = parseRoute(location.pathname)
if (route.page === 'chat' && route.conversationId !== null) void preloadTranscript()

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Retries only requests without a response.
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.unanswered,
      staleTime: 5_000,
    },
    // Tally can run on a machine that is offline.
    mutations: { networkMode: 'always' },
  },
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)

/** After everything that a page may load first. */
const INSTALL_AFTER_MS = 5_000
setTimeout(() => {
  import('./install-service-worker.ts')
    .then((module) => module.installServiceWorker())
    // The server may be down just now.
    .catch(() => undefined)
}, INSTALL_AFTER_MS)
