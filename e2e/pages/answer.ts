import type { Locator } from '@playwright/test'
import { ReceiptDialog } from './receipt-dialog.ts'

/** An assistant message. */
export class Answer {
  readonly root: Locator
  readonly reasoning: Locator
  readonly receiptButton: Locator
  /** Shown if the answer did not complete. */
  readonly retryButton: Locator
  /** Shown below a complete answer. */
  readonly tryAgainButton: Locator
  readonly previousVersion: Locator
  readonly nextVersion: Locator

  constructor(root: Locator) {
    this.root = root
    this.reasoning = root.getByRole('button', { name: /^Reasoning/ })
    this.receiptButton = root.getByRole('button', { name: /^Receipt: / })
    this.retryButton = root.getByRole('button', { name: 'Retry', exact: true })
    this.tryAgainButton = root.getByRole('button', { name: 'Try again', exact: true })
    this.previousVersion = root.getByRole('button', { name: 'Previous version' })
    this.nextVersion = root.getByRole('button', { name: 'Next version' })
  }

  tool(name: string): Locator {
    return this.root.getByRole('group', { name: `Tool: ${name}` })
  }

  get tools(): Locator {
    return this.root.getByRole('group', { name: /^Tool: / })
  }

  /** Opens the folded card of a finished call. */
  async openTool(name: string): Promise<Locator> {
    const card = this.tool(name)
    await card.getByRole('button', { expanded: false }).click()
    return card
  }

  /** The row of several finished calls. */
  usedTools(count: number): Locator {
    return this.root.getByRole('button', { name: `Used ${count} tools`, exact: true })
  }

  async openReceipt(): Promise<ReceiptDialog> {
    await this.receiptButton.click()
    return new ReceiptDialog(this.root.page())
  }
}
