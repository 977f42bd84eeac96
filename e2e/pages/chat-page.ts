import type { Locator, Page } from '@playwright/test'
import { Answer } from './answer.ts'
import { Question } from './question.ts'
import { SettingsDialog } from './settings-dialog.ts'
import { Sidebar } from './sidebar.ts'
import { UsagePage } from './usage-page.ts'

export class ChatPage {
  readonly page: Page
  readonly sidebar: Sidebar
  readonly composer: Locator
  readonly sendButton: Locator
  readonly stopButton: Locator
  readonly transcript: Locator
  readonly questions: Locator
  readonly answers: Locator
  readonly conversationCost: Locator
  readonly contextMeter: Locator
  readonly toBottomButton: Locator
  readonly modelPicker: Locator
  readonly agentPicker: Locator

  constructor(page: Page) {
    this.page = page
    this.sidebar = new Sidebar(page)
    this.composer = page.getByRole('textbox', { name: 'Message', exact: true })
    this.sendButton = page.getByRole('button', { name: 'Send', exact: true })
    this.stopButton = page.getByRole('button', { name: 'Stop', exact: true })
    this.transcript = page.getByRole('log', { name: 'Conversation' })
    this.questions = this.transcript.getByRole('article', { name: 'You', exact: true })
    this.answers = this.transcript.getByRole('article', { name: 'Assistant', exact: true })
    this.conversationCost = page.getByRole('status', { name: 'Conversation cost' })
    this.contextMeter = page.getByRole('button', { name: /^Context: / })
    this.modelPicker = page.getByRole('button', { name: /^Model(:|$)/ })
    this.agentPicker = page.getByRole('button', { name: /^Agent(:|$)/ })
    this.toBottomButton = page.getByRole('button', { name: 'Jump to latest' })
  }

  /** The last answer at the time of each use. */
  get answer(): Answer {
    return new Answer(this.answers.last())
  }

  answerAt(position: number): Answer {
    return new Answer(this.answers.nth(position))
  }

  questionAt(position: number): Question {
    return new Question(this.questions.nth(position))
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path)
    await this.composer.waitFor()
  }

  async openConversation(id: string): Promise<void> {
    await this.open(`/c/${id}`)
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.sendButton.click()
  }

  /** Hides the answer and lets the provider finish it, so that its cost is exact. */
  async hideAndFinishCounting(): Promise<void> {
    await this.page.getByRole('button', { name: 'More ways to stop' }).click()
    await this.page.getByRole('menuitem', { name: 'Hide and finish counting' }).click()
  }

  /** Opens another tab of the same browser. */
  async openTab(): Promise<ChatPage> {
    return new ChatPage(await this.page.context().newPage())
  }

  async chooseTheme(theme: 'Light' | 'Dark' | 'System'): Promise<void> {
    await this.page.getByRole('button', { name: 'Theme' }).click()
    await this.page.getByRole('menuitemradio', { name: theme }).click()
  }

  /** On a small screen the conversation list is in a drawer. */
  async openDrawer(): Promise<void> {
    await this.page.getByRole('button', { name: 'Open sidebar' }).click()
  }

  async openSettings(): Promise<SettingsDialog> {
    await this.page.getByRole('button', { name: 'Conversation settings' }).click()
    return new SettingsDialog(this.page)
  }

  async openContext(): Promise<Locator> {
    await this.contextMeter.click()
    return this.page.getByRole('dialog', { name: 'Context' })
  }

  async openBilled(): Promise<Locator> {
    await this.page.getByRole('button', { name: /^Billed/ }).click()
    return this.page.getByRole('dialog', { name: 'Billed' })
  }

  /** An item of the open model picker, named by model and price. */
  modelChoice(model: string): Locator {
    return this.page.getByRole('menuitemradio', { name: new RegExp(`^${RegExp.escape(model)}\\s`) })
  }

  async chooseModel(model: string): Promise<void> {
    await this.modelPicker.click()
    await this.modelChoice(model).click()
  }

  /** Waits for the conversation id in the address. */
  async conversationId(): Promise<string> {
    await this.page.waitForURL(/\/c\/[^/]+$/)
    return new URL(this.page.url()).pathname.slice('/c/'.length)
  }

  async openUsage(): Promise<UsagePage> {
    await this.page.getByRole('link', { name: 'Usage' }).click()
    return new UsagePage(this.page)
  }
}
