/** A setting that cannot be used. The message is one sentence for the person who starts Tally. */
export class SettingRefused extends Error {}
