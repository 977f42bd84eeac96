// Everything that can be done from the keyboard and the command palette. An action that the screen has a
// button for presses it: one line.
import { focusSearch } from '../search/search-focus.ts'
import { COMPOSER_ID } from '../chat/focus-composer.ts'
import { NEW_TEMPORARY_CHAT } from '../chat/new-temporary-chat.ts'
import { navigate } from '../router.tsx'
import { MODEL_PICKER_ID } from '../ui/current-chat.ts'
import { chooseTheme } from '../ui/theme.ts'
import { t } from '#shared/translate.ts'

/** What only the app can do. */
export interface AppActions {
  newChat: () => void
  toggleSidebar: () => void
  showSidebar: () => void
  open: (dialog: 'palette' | 'shortcuts') => void
}

export interface Action {
  id: string
  label: string
  /** Null: none, until someone chooses one. */
  keys: string | null
  group: string
  run: (app: AppActions) => void
}

const ANSWER_BUTTON = 'article button[type]'

export const ACTIONS: Action[] = [
  action('palette', t`Command palette`, 'Mod+K', ({ open }) => open('palette')),
  action('new-chat', t`New chat`, 'Mod+Shift+O', ({ newChat }) => newChat()),
  action('temporary-chat', t`Temporary chat`, 'Mod+Shift+E', () => navigate(NEW_TEMPORARY_CHAT)),
  action('search', t`Search conversations`, '/', search),
  action('composer', t`Write a message`, 'Mod+Shift+L', () => focus(`#${COMPOSER_ID}`)),
  action('stop', t`Stop the answer`, 'Mod+.', () => press('button', t`Stop`)),
  action('copy', t`Copy the last answer`, 'Mod+Shift+C', () => press(ANSWER_BUTTON, t`Copy`)),
  action('retry', t`Try the last answer again`, null, () => press(ANSWER_BUTTON, t`Try again`)),
  action('edit', t`Edit the last message`, null, () => press(ANSWER_BUTTON, t`Edit`)),
  action('previous', t`Previous conversation`, 'Mod+Alt+ArrowUp', () => neighbour(-1)),
  action('next', t`Next conversation`, 'Mod+Alt+ArrowDown', () => neighbour(1)),
  action('options', t`Options of this conversation`, null, conversationOptions),
  action('model', t`Choose a model`, 'Mod+Shift+M', () => click(`#${MODEL_PICKER_ID}`)),
  action('sidebar', t`Show or hide the sidebar`, 'Mod+Shift+S', ({ toggleSidebar }) =>
    toggleSidebar(),
  ),
  action('shortcuts', t`Keyboard shortcuts`, '?', ({ open }) => open('shortcuts')),
  action('usage', t`Usage`, null, () => navigate('/usage')),
  action('light', t`Light theme`, null, () => chooseTheme('light')),
  action('dark', t`Dark theme`, null, () => chooseTheme('dark')),
  action('system', t`Theme of the system`, null, () => chooseTheme('system')),
  ...Object.entries({
    providers: t`Providers`,
    check: t`Endpoint check`,
    general: t`General settings`,
    prompts: t`Manage prompts`,
    prices: t`Prices`,
    budgets: t`Budgets`,
    rules: t`Approval rules`,
  }).map(([path, label]): Action => {
    const run = () => navigate(`/settings/${path}`)
    return { id: `settings-${path}`, label, keys: null, group: t`Settings`, run }
  }),
]

function action(id: string, label: string, keys: string | null, run: Action['run']): Action {
  return { id, label, keys, group: t`Actions`, run }
}

/** Presses the last visible button of this name. */
function press(selector: string, name: string): void {
  const buttons = Array.from(document.querySelectorAll<HTMLElement>(selector))
  buttons.findLast((button) => nameOf(button) === name && button.checkVisibility())?.click()
}

const nameOf = (button: HTMLElement) => button.ariaLabel ?? button.textContent?.trim()

const click = (selector: string) => document.querySelector<HTMLElement>(selector)?.click()
const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()

function search({ showSidebar }: AppActions): void {
  if (focusSearch()) return
  showSidebar()
  requestAnimationFrame(() => focusSearch())
}

const LINKS = `nav[aria-label="${t`Conversations`}"] a[href^="/c/"]`

function neighbour(step: 1 | -1): void {
  const links = Array.from(document.querySelectorAll<HTMLAnchorElement>(LINKS))
  const at = links.findIndex((link) => link.pathname === location.pathname)
  const next = at < 0 ? 0 : at + step
  links[next]?.click()
}

function conversationOptions(): void {
  const link = Array.from(document.querySelectorAll<HTMLAnchorElement>(LINKS)).find(
    ({ pathname }) => pathname === location.pathname,
  )
  link?.closest('li')?.querySelector<HTMLElement>('button[aria-haspopup]')?.click()
}
