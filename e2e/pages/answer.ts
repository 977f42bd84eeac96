import type { Locator } from '@playwright/test'
import { ReceiptDialog } from './receipt-dialog.ts'

/** One message of the assistant. */
export class Answer {
  readonly root: Locator
  readonly reasoning: Locator
  readonly receiptButton: Locator
  readonly retryButton: Locator
  readonly previousVersion: Locator
  readonly nextVersion: Locator

  constructor(root: Locator) {
    this.root = root
    this.reasoning = root.getByRole('button', { name: /^Reasoning/ })
    this.receiptButton = root.getByRole('button', { name: /^Receipt: / })
    this.retryButton = root.getByRole('button', { name: /^(Retry|Try again)/ })
    this.previousVersion = root.getByRole('button', { name: /^Previous/ })
    this.nextVersion = root.getByRole('button', { name: /^Next/ })
  }

  tool(name: string): Locator {
    return this.root.getByRole('group', { name: `Tool: ${name}` })
  }

  get tools(): Locator {
    return this.root.getByRole('group', { name: /^Tool: / })
  }

  /** A card that is done is folded; its arguments and output are inside. */
  async openTool(name: string): Promise<void> {
    await this.tool(name).getByRole('button').first().click()
  }

  async openReceipt(): Promise<ReceiptDialog> {
    await this.receiptButton.click()
    return new ReceiptDialog(this.root.page())
  }
}
