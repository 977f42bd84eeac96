// A token contains its send time, on a clock that all processes of a machine share.
const DIGITS = 5
const AROUND = 36 ** DIGITS

/** Microseconds, wrapping around every minute. */
export function nowUs() {
  return Number(process.hrtime.bigint() / 1000n) % AROUND
}

export function stampedToken() {
  return ` ${nowUs().toString(36).padStart(DIGITS, '0')}`
}

/** Returns the milliseconds since a stamp. */
export function ageMs(stamp, now) {
  const age = now - Number.parseInt(stamp, 36)
  return (age < 0 ? age + AROUND : age) / 1000
}
