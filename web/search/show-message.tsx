// Goes to the message that the address names: selects its branch, loads the messages down to it, scrolls
// to it and marks the words that it was found by for a moment.
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Conversation } from '#shared/api.ts'
import { prependPage } from '../api/conversation-pages.ts'
import { readOlderMessages, updateConversation } from '../api/conversations.ts'
import { conversationQuery, joinPages } from '../api/queries.ts'
import { useToast } from '../ui/toast.tsx'
import { patternOf } from './mark-pattern.ts'
import './show-message.css'

const MARKED_MS = 6000
/** Heights above become real once they are near. */
const SETTLE_MS = [0, 50, 200, 500]
const HIGHLIGHT = 'search-marks'
const MAX_RANGES = 500

interface ShowMessageProps {
  conversation: Conversation
  /** The message. */
  id: string
}

export function ShowMessage({ conversation, id }: ShowMessageProps) {
  const client = useQueryClient()
  const toast = useToast()
  const isLoaded = conversation.messages.some((message) => message.id === id)
  const conversationId = conversation.id

  useEffect(() => {
    if (isLoaded) return scrollAndMark(id, new URLSearchParams(location.search).getAll('mark'))
    const stop = new AbortController()
    loadDownTo(client, conversationId, { id, signal: stop.signal }).catch((error: Error) =>
      toast({ text: error.message }),
    )
    return () => stop.abort()
  }, [client, toast, conversationId, id, isLoaded])
  return null
}

async function loadDownTo(
  client: QueryClient,
  conversationId: string,
  { id, signal }: { id: string; signal: AbortSignal },
): Promise<void> {
  const { queryKey } = conversationQuery(conversationId)
  // At its end the thread would let go of what is far above.
  document.querySelector('[role=log]')?.scrollBy(0, -60)
  const branch = await updateConversation(conversationId, { selectedMessageId: id })
  client.setQueryData(queryKey, (loaded) => joinPages(loaded, branch))
  for (;;) {
    const loaded = client.getQueryData<Conversation>(queryKey)
    const cursor = loaded?.previousCursor ?? null
    const isThere = loaded?.messages.some((message) => message.id === id) ?? true
    if (isThere || cursor === null || signal.aborted) return
    const older = await readOlderMessages(conversationId, cursor)
    client.setQueryData(queryKey, (current) => current && prependPage(current, older, cursor))
  }
}

function scrollAndMark(id: string, words: string[]): () => void {
  const timers = SETTLE_MS.map((delay) => setTimeout(() => showOnce(id, words), delay))
  timers.push(setTimeout(unmark, MARKED_MS))
  return () => {
    timers.forEach(clearTimeout)
    unmark()
  }
}

function showOnce(id: string, words: string[]): void {
  const message = document.querySelector(`[data-message="${CSS.escape(id)}"]`)
  if (message === null) return
  const ranges = rangesOf(message, words)
  const goal = ranges[0]?.startContainer.parentElement ?? message
  goal.scrollIntoView({ block: 'center', behavior: 'instant' })
  if (ranges.length > 0) CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges))
}

function unmark(): void {
  CSS.highlights.delete(HIGHLIGHT)
}

/** The ranges of the words in the text, in their order. */
function rangesOf(message: Element, words: string[]): Range[] {
  const pattern = patternOf(words)
  if (pattern === null) return []
  const texts = document.createTreeWalker(message, NodeFilter.SHOW_TEXT)
  const ranges: Range[] = []
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    for (const { 0: found, index } of (node.textContent ?? '').matchAll(pattern)) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + found.length)
      if (ranges.push(range) >= MAX_RANGES) return ranges
    }
  }
  return ranges
}
