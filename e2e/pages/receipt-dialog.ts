import type { Locator, Page } from '@playwright/test'

export class ReceiptDialog {
  readonly root: Locator

  constructor(page: Page) {
    this.root = page.getByRole('dialog', { name: 'Receipt' })
  }

  async close(): Promise<void> {
    await this.root.page().keyboard.press('Escape')
  }
}
