// Which list the sidebar shows, what is selected in it, and which of its dialogs is open.
import type { ConversationSummary } from '#shared/conversation.ts'
import type { Folder } from '#shared/folders.ts'
import { Store } from '../ui/store.ts'

/** What a dialog is open for. Without a folder, a new one is made. */
export type ListDialog =
  | { kind: 'folder'; folder: Folder | null }
  | { kind: 'move'; items: ConversationSummary[] }
  | { kind: 'rename'; conversation: ConversationSummary }
  | { kind: 'share'; conversation: ConversationSummary }

class ListView extends Store {
  #archive = false
  #selected: ReadonlySet<string> | null = null
  #last: string | null = null
  #dialog: ListDialog | null = null

  readonly showsArchive = () => this.#archive
  readonly dialog = () => this.#dialog
  /** The ids of the selected conversations. Null: none can be selected. */
  readonly selected = () => this.#selected
  readonly isSelecting = () => this.#selected !== null
  readonly isSelected = (id: string) => this.#selected?.has(id) === true
  /** The one that was chosen last. */
  readonly last = () => this.#last

  showArchive(archive: boolean): void {
    this.#archive = archive
    this.select(null)
  }

  openDialog(dialog: ListDialog | null): void {
    this.#dialog = dialog
    this.notify()
  }

  /** Begins to select with these. Null ends it. */
  select(ids: string[] | null): void {
    this.#selected = ids && new Set(ids)
    this.#last = ids?.at(-1) ?? null
    this.notify()
  }

  choose(ids: string[], selected: boolean): void {
    const now = new Set(this.#selected)
    for (const id of ids) {
      if (selected) now.add(id)
      else now.delete(id)
    }
    this.#selected = now
    this.#last = ids.at(-1) ?? null
    this.notify()
  }
}

export const listView = new ListView()

/** Where the height of the folders is stored, in pixels. */
export const FOLDERS_HEIGHT = 'tally.folders-height'
