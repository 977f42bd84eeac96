import type { Locator, Page } from '@playwright/test'

export class SettingsDialog {
  readonly root: Locator
  readonly saveButton: Locator

  constructor(page: Page) {
    this.root = page.getByRole('dialog', { name: 'Conversation settings' })
    this.saveButton = this.root.getByRole('button', { name: 'Save' })
  }

  field(name: string): Locator {
    return this.root.getByLabel(name, { exact: true })
  }

  async openAdvanced(): Promise<void> {
    await this.root.getByText('Advanced', { exact: true }).click()
  }

  async save(): Promise<void> {
    await this.saveButton.click()
    await this.root.waitFor({ state: 'hidden' })
  }
}
