// What the command palette offers for what is typed, in its groups.
import type { ConversationSummary } from '#shared/api.ts'
import { visibleText } from '#shared/visible-text.ts'
import { navigate } from '../router.tsx'
import { currentChat } from '../ui/current-chat.ts'
import { readStored, writeStored } from '../ui/stored.ts'
import { ACTIONS, type AppActions } from './actions.ts'
import { chosenCombos } from './chosen-combos.ts'
import { rank } from './rank.ts'
import { t } from '#shared/translate.ts'

export interface PaletteItem {
  id: string
  group: string
  label: string
  combo: string | null
  run: (app: AppActions) => void
}

interface PaletteData {
  conversations: ConversationSummary[]
  models: { provider: string; model: string }[]
  agents: { name: string }[]
}

const MAX_PER_GROUP = 6
const MAX_RECENT = 8
const STORED = 'tally.recent-actions'

export function paletteItems(typed: string, data: PaletteData): PaletteItem[] {
  const recent = recentIds()
  const actions = ACTIONS.filter(({ id }) => id !== 'palette').map((action): PaletteItem => {
    const { id, group, label, run } = action
    return { id, group, label, combo: chosenCombos.comboOf(action), run }
  })
  const { setup } = currentChat
  const offered: PaletteItem[] = [
    ...data.conversations.map(({ id, title }) =>
      item(id, t`Conversations`, visibleText(title), () => navigate(`/c/${id}`)),
    ),
    ...actions,
    ...(setup === null ? [] : data.models).map((model) =>
      item(`${model.provider}/${model.model}`, t`Models`, `${model.model}, ${model.provider}`, () =>
        setup?.chooseModel(model),
      ),
    ),
    ...(setup === null ? [] : data.agents).map(({ name }) =>
      item(`agent-${name}`, t`Agents`, name, () => setup?.chooseAgent(name)),
    ),
  ]
  const used = (id: string) => (recent.includes(id) ? MAX_RECENT - recent.indexOf(id) : 0)
  return [t`Conversations`, t`Actions`, t`Models`, t`Agents`, t`Settings`].flatMap((group) =>
    offered
      .filter((each) => each.group === group)
      .map((each) => ({ each, score: rank(each.label, typed) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score || used(b.each.id) - used(a.each.id))
      .slice(0, typed === '' && group === 'Actions' ? ACTIONS.length : MAX_PER_GROUP)
      .map(({ each }) => each),
  )
}

function item(id: string, group: string, label: string, run: () => void): PaletteItem {
  return { id, group, label, combo: null, run }
}

function recentIds(): string[] {
  return (readStored(STORED) ?? '').split(' ')
}

/** The actions that were used last come first. */
export function rememberUse({ id, group }: PaletteItem): void {
  if (group !== 'Actions' && group !== 'Settings') return
  const others = recentIds().filter((one) => one !== id)
  writeStored(STORED, [id, ...others].slice(0, MAX_RECENT).join(' '))
}
