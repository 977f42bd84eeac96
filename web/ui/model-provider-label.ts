import { modelLabel } from '#shared/model-label.ts'
import { visibleText } from '#shared/visible-text.ts'

/** Returns "gpt-4.1-mini (openai)": the same model of another provider is different. */
export function modelProviderLabel({
  provider,
  model,
}: {
  provider: string
  model: string
}): string {
  return visibleText(`${modelLabel(model)} (${provider})`)
}
