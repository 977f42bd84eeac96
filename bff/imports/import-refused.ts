/** The file cannot be imported. The message is for the user and says what to do. */
export class ImportRefused extends Error {
  override name = 'ImportRefused'
}
