/** A phone, as the classes with `max-sm:` see it. Asked when a menu opens. */
export const isNarrow = () => !matchMedia('(min-width: 40rem)').matches
