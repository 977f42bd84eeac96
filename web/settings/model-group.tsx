import type { ModelInfo, ProviderModels } from '#shared/api.ts'
import { modelLabel } from '#shared/model-label.ts'
import { visibleText } from '#shared/visible-text.ts'
import {
  formatContext,
  type ModelChoice,
  formatPrice,
  formatProvider,
  formatUsage,
} from './model-label.ts'
import { ChoiceItem } from './choice-item.tsx'

interface ModelGroupProps {
  provider: ProviderModels
  current: ModelChoice | null
  onChoose: (choice: ModelChoice) => void
  /** What an answer may cost; null: not known. */
  expected?: (model: ModelInfo) => string | null
}

export function ModelGroup({ provider, current, onChoose, expected }: ModelGroupProps) {
  return (
    <fieldset className="min-w-0 pb-1">
      <legend className="max-w-full truncate px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
        {formatProvider(provider)}
      </legend>
      {provider.problem !== null && (
        <div className="mx-1 mb-1 rounded-lg bg-warn-soft px-2 py-1.5 text-xs text-warn wrap-anywhere">
          {provider.problem}
        </div>
      )}
      {provider.models.map((model) => (
        <ModelItem
          key={model.id}
          model={model}
          provider={provider}
          expected={expected?.(model) ?? null}
          chosen={provider.name === current?.provider && model.id === current.model}
          onChoose={() => onChoose({ provider: provider.name, model: model.id })}
        />
      ))}
    </fieldset>
  )
}

interface ModelItemProps {
  model: ModelInfo
  provider: ProviderModels
  chosen: boolean
  expected: string | null
  onChoose: () => void
}

function ModelItem({ model, provider, chosen, expected, onChoose }: ModelItemProps) {
  const details = [
    expected,
    formatPrice(model, provider),
    formatContext(model),
    formatUsage(model),
    model.default ? 'default' : null,
  ].filter((detail) => detail !== null)
  return (
    <ChoiceItem chosen={chosen} onChoose={onChoose} className="items-center">
      <span className="block truncate font-medium">{visibleText(modelLabel(model.id))} </span>
      <span className="block text-xs text-muted tabular-nums">{details.join(' · ')}</span>
    </ChoiceItem>
  )
}
