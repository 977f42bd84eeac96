import type { Locator } from '@playwright/test'

/** Records every text of the element until stopped. */
export async function recordText(locator: Locator): Promise<{ stop(): Promise<string[]> }> {
  const recorder = await locator.evaluateHandle((element) => {
    const texts = [element.textContent]
    const observer = new MutationObserver(() => void texts.push(element.textContent))
    observer.observe(element, { childList: true, subtree: true, characterData: true })
    return { texts, observer }
  })
  return {
    stop: () =>
      recorder.evaluate(({ texts, observer }) => {
        observer.disconnect()
        return texts
      }),
  }
}
