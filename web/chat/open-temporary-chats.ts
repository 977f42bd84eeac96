// The temporary chats that this tab has open. It tells the server so again and again, and when they are closed.
// What was typed and not sent is kept in the tab, so that it is gone with it.
import type { QueryClient } from '@tanstack/react-query'
import { closeConversation, keepConversationOpen } from '../api/temporary.ts'
import { isHidden, onWake } from '../api/page-wake.ts'
import { conversationQuery } from '../api/queries.ts'
import { ApiError } from '../api/request.ts'
import type { ToastContent } from '../ui/toast-board.tsx'
import type { Drafts } from './drafts.ts'
import { draftIdsOf, keepDraftsInTab, removeDrafts, restoreDrafts } from './drafts-in-tab.ts'
import { updateOpenConversation } from './update-open-conversation.ts'
import { t } from '#shared/translate.ts'

const EVERY_MS = 2_000
const HIDDEN_EVERY_MS = 30_000

interface Options {
  client: QueryClient
  drafts: Drafts
  isAnswering: (id: string) => boolean
  showToast: (content: ToastContent) => void
}

export class OpenTemporaryChats {
  readonly #options: Options
  readonly #ids = new Set<string>()
  /** Another load of the page is another page. */
  readonly #pageId = newPageId()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The renewals that are on their way to the server. */
  #renewing: Promise<unknown> = Promise.resolve()

  constructor(options: Options) {
    this.#options = options
  }

  /** Listens until the returned function is called. */
  readonly listen = (): (() => void) => {
    const stopWaking = onWake(() => void this.#renewAll())
    const stopKeeping = this.#options.drafts.subscribe(() => this.#keepDrafts())
    const onPageHide = () => {
      for (const id of this.#ids) closeConversation(id, this.#pageId, true).catch(() => undefined)
    }
    addEventListener('pagehide', onPageHide)
    void this.#renewAll()
    return () => {
      clearTimeout(this.#timer)
      stopWaking()
      stopKeeping()
      removeEventListener('pagehide', onPageHide)
    }
  }

  add(id: string): void {
    if (this.#ids.has(id)) return
    this.#ids.add(id)
    restoreDrafts(this.#options.drafts, draftIdsOf(this.#options.client, id))
    this.#keepDrafts()
    void this.#renewAll()
  }

  closeAll(): void {
    for (const id of this.#ids) void this.#close(id)
  }

  async #close(id: string): Promise<void> {
    const { client, drafts, isAnswering, showToast } = this.#options
    const wasAnswering = isAnswering(id)
    // A renewal that arrives after the closing would open it again.
    await this.#renewing
    if (!this.#ids.delete(id)) return
    try {
      const { deleted } = await closeConversation(id, this.#pageId, false)
      // Another tab has it open, or it was kept.
      if (!deleted) return
    } catch (error) {
      // Without an answer the server notices later that no page has it open.
      if (!(error instanceof ApiError && error.status === 404)) return
    }
    removeDrafts(drafts, draftIdsOf(client, id))
    client.removeQueries({ queryKey: conversationQuery(id).queryKey })
    const text = wasAnswering
      ? t`The answer was stopped and the temporary chat deleted.`
      : t`The temporary chat was deleted.`
    showToast({ text })
  }

  async #renewAll(): Promise<void> {
    clearTimeout(this.#timer)
    this.#renewing = Promise.all([...this.#ids].map((id) => this.#renew(id)))
    await this.#renewing
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#renewAll(), isHidden() ? HIDDEN_EVERY_MS : EVERY_MS)
  }

  async #renew(id: string): Promise<void> {
    const { client, showToast } = this.#options
    try {
      const latest = await keepConversationOpen(id, this.#pageId)
      if (!this.#ids.has(id)) return
      if (latest.temporary) return updateOpenConversation(client, latest)
      this.#ids.delete(id)
      await client.invalidateQueries({ queryKey: conversationQuery(id).queryKey })
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404) || !this.#ids.delete(id)) return
      showToast({
        text: t`This temporary chat has been deleted. What you see is no longer stored.`,
      })
    }
  }

  #keepDrafts(): void {
    for (const id of this.#ids) keepDraftsInTab(draftIdsOf(this.#options.client, id))
  }
}

function newPageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
