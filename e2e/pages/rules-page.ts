import type { Locator, Page } from '@playwright/test'

export class RulesPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.goto('/settings/rules')
    await this.page.getByRole('heading', { name: 'Rules' }).waitFor()
  }

  rule(tool: string): Locator {
    return this.page
      .getByRole('list', { name: 'Rules' })
      .getByRole('listitem')
      .filter({
        hasText: `Allow ${tool}`,
      })
  }
}
