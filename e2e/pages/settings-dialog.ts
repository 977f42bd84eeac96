import type { Locator, Page } from '@playwright/test'

export class SettingsDialog {
  readonly root: Locator

  constructor(page: Page) {
    this.root = page.getByRole('dialog', { name: 'Conversation settings' })
  }

  field(name: string): Locator {
    return this.root.getByLabel(name, { exact: true })
  }

  async save(): Promise<void> {
    await this.root.getByRole('button', { name: 'Save' }).click()
    await this.root.waitFor({ state: 'hidden' })
  }
}
