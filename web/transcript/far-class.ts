export function farClass(far: boolean): string {
  return far ? '[contain-intrinsic-size:auto_18rem] [content-visibility:auto]' : ''
}
