/** For tests: an observer in a page without layout, where nothing comes into view or changes its size. */
export class NothingHappens {
  observe() {}
  disconnect() {}
}
