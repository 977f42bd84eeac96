import type { Locator, Page } from '@playwright/test'

export class UsagePage {
  readonly heading: Locator
  readonly byConversation: Locator
  readonly byModel: Locator
  readonly byDay: Locator
  readonly byTool: Locator
  readonly calls: Locator
  /** The total amount on the page. */
  readonly spent: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { name: 'Usage', level: 1 })
    this.byConversation = page.getByRole('table', { name: 'By conversation' })
    this.byModel = page.getByRole('table', { name: 'By model' })
    this.byDay = page.getByRole('table', { name: 'By day' })
    this.byTool = page.getByRole('table', { name: 'By tool' })
    this.calls = page.getByRole('table', { name: 'Calls, newest first' })
    this.spent = page.locator('dt', { hasText: 'Spent' }).locator('+ dd')
  }

  usesOf(tool: string): Locator {
    return this.#page.getByRole('table', { name: `Uses of ${tool}` })
  }

  async open(): Promise<void> {
    await this.#page.goto('/usage')
    await this.heading.waitFor()
  }
}
