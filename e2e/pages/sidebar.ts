import type { Locator, Page } from '@playwright/test'

export class Sidebar {
  readonly root: Locator
  readonly conversations: Locator
  readonly newChatButton: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.root = page.getByRole('navigation', { name: 'Conversations' })
    this.conversations = this.root.getByRole('link').and(page.locator('[href^="/c/"]'))
    this.newChatButton = page.getByRole('button', { name: 'New chat' })
  }

  conversation(title: string | RegExp): Locator {
    return this.conversations.filter({ hasText: title })
  }

  async rename(title: string, newTitle: string): Promise<void> {
    await this.#choose(title, /^Rename/)
    const field = this.#page.getByRole('textbox', { name: /title|name/i })
    await field.fill(newTitle)
    await field.press('Enter')
  }

  async delete(title: string): Promise<void> {
    await this.#choose(title, /^Delete/)
  }

  get undoButton(): Locator {
    return this.#page.getByRole('button', { name: 'Undo' })
  }

  async #choose(title: string, entry: RegExp): Promise<void> {
    const row = this.root.getByRole('listitem').filter({ has: this.conversation(title) })
    await row.hover()
    await row.getByRole('button').first().click()
    await this.#page.getByRole('menuitem', { name: entry }).click()
  }
}
