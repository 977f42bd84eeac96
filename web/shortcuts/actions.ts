// Everything that can be done from the keyboard and the command palette. An action that the screen has a
// button for presses it: one line.
import { focusSearch } from '../search/search-focus.ts'
import { COMPOSER_ID } from '../chat/focus-composer.ts'
import { NEW_TEMPORARY_CHAT } from '../chat/new-temporary-chat.ts'
import { navigate } from '../router.tsx'
import { MODEL_PICKER_ID } from '../ui/model-picker-id.ts'
import { chooseTheme } from '../ui/theme.ts'

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
  group: 'Actions' | 'Settings'
  run: (app: AppActions) => void
}

export const ACTIONS: Action[] = [
  action('palette', 'Command palette', 'Mod+K', ({ open }) => open('palette')),
  action('new-chat', 'New chat', 'Mod+Shift+O', ({ newChat }) => newChat()),
  action('temporary-chat', 'Temporary chat', 'Mod+Shift+E', () => navigate(NEW_TEMPORARY_CHAT)),
  action('search', 'Search conversations', '/', search),
  action('composer', 'Write a message', 'Mod+Shift+L', () => focus(`#${COMPOSER_ID}`)),
  action('stop', 'Stop the answer', 'Mod+.', () => press('button', 'Stop')),
  action('copy', 'Copy the last answer', 'Mod+Shift+C', () => press('article button', 'Copy')),
  action('retry', 'Try the last answer again', null, () => press('article button', 'Try again')),
  action('edit', 'Edit the last message', null, () => press('article button', 'Edit')),
  action('previous', 'Previous conversation', 'Mod+Alt+ArrowUp', () => neighbour(-1)),
  action('next', 'Next conversation', 'Mod+Alt+ArrowDown', () => neighbour(1)),
  action('options', 'Options of this conversation', null, conversationOptions),
  action('model', 'Choose a model', 'Mod+Shift+M', () => click(`#${MODEL_PICKER_ID}`)),
  action('sidebar', 'Show or hide the sidebar', 'Mod+Shift+S', ({ toggleSidebar }) =>
    toggleSidebar(),
  ),
  action('shortcuts', 'Keyboard shortcuts', '?', ({ open }) => open('shortcuts')),
  action('usage', 'Usage', null, () => navigate('/usage')),
  action('light', 'Light theme', null, () => chooseTheme('light')),
  action('dark', 'Dark theme', null, () => chooseTheme('dark')),
  action('system', 'Theme of the system', null, () => chooseTheme('system')),
  ...Object.entries({
    providers: 'Providers',
    check: 'Endpoint check',
    general: 'General settings',
    prompts: 'Manage prompts',
    prices: 'Prices',
    budgets: 'Budgets',
    rules: 'Approval rules',
  }).map(([path, label]): Action => {
    const run = () => navigate(`/settings/${path}`)
    return { id: `settings-${path}`, label, keys: null, group: 'Settings', run }
  }),
]

function action(id: string, label: string, keys: string | null, run: Action['run']): Action {
  return { id, label, keys, group: 'Actions', run }
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

const LINKS = 'nav[aria-label="Conversations"] a[href^="/c/"]'

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
