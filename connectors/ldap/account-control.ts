import type { Entry } from './attributes.ts';

/** https://learn.microsoft.com/troubleshoot/windows-server/active-directory/useraccountcontrol-manipulate-account-properties */
const flags = {
  disabled: 0x2,
  lockedOut: 0x10,
  passwordNotRequired: 0x20,
  passwordNeverExpires: 0x1_0000,
  /** It may act as anybody who signs in to it. */
  delegation: 0x8_0000,
  desOnly: 0x20_0000,
  /** Anybody may ask for something that its password can be guessed from. */
  noPreAuthentication: 0x40_0000,
  /** It may act as anybody, whether they signed in or not. */
  protocolTransition: 0x100_0000,
} as const;
type Flag = keyof typeof flags;

/** What Active Directory keeps as bits; undefined where this account may not see them. */
export function controlOf(entry: Entry): ((flag: Flag) => boolean) | undefined {
  return flagsOf(entry.one('userAccountControl'));
}

/** What it reckons at the moment it is asked: https://learn.microsoft.com/windows/win32/adschema/a-msds-user-account-control-computed */
export function reckonedOf(entry: Entry): ((flag: Flag) => boolean) | undefined {
  return flagsOf(entry.one('msDS-User-Account-Control-Computed'));
}

function flagsOf(bits: string | undefined): ((flag: Flag) => boolean) | undefined {
  return bits !== undefined && /^-?\d+$/.test(bits) ? (flag) => (Number(bits) & flags[flag]) !== 0 : undefined;
}

/** Switched off by somebody; a person's entry says it in other ways too. */
export function isDisabled(entry: Entry): boolean {
  return controlOf(entry)?.('disabled') === true;
}
