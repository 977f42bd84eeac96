import type { Download, Locator, Page } from '@playwright/test'

export class Sidebar {
  readonly root: Locator
  readonly conversations: Locator
  readonly newChatButton: Locator
  readonly runningMark: Locator
  readonly undoButton: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.root = page.getByRole('navigation', { name: 'Conversations' })
    this.conversations = this.root.getByRole('link')
    this.newChatButton = page.getByRole('button', { name: 'New chat' })
    this.runningMark = this.root.getByText('Running', { exact: true })
    this.undoButton = page.getByRole('button', { name: 'Undo' })
  }

  conversation(title: string): Locator {
    return this.root.getByRole('link', { name: title })
  }

  async rename(title: string, newTitle: string): Promise<void> {
    await this.choose(title, 'Rename')
    const field = this.#page.getByRole('textbox', { name: 'Conversation title' })
    await field.fill(newTitle)
    await field.press('Enter')
  }

  async delete(title: string): Promise<void> {
    await this.choose(title, 'Delete')
  }

  async export(title: string, format: 'Markdown' | 'JSONL' | 'ChatGPT'): Promise<Download> {
    await this.choose(title, 'Export')
    const download = this.#page.waitForEvent('download')
    await this.#page.getByRole('menuitem', { name: format }).click()
    return download
  }

  /** Chooses what is done with the list as a whole. */
  async list(entry: string): Promise<void> {
    await this.root.getByRole('button', { name: 'List options' }).click()
    await this.#page.getByRole('menuitem', { name: entry }).click()
  }

  async choose(title: string, entry: string): Promise<void> {
    await this.root.getByRole('button', { name: `Options for “${title}”` }).click()
    await this.#page.getByRole('menuitem', { name: entry }).click()
  }
}
