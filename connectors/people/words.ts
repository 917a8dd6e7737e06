import { listed } from '../../src/formats/columns.ts';
import type { Person, PersonStatus } from '../../src/sdk/index.ts';

/**
 * Words of status columns, by what they mean. Whoever is on leave is still here; whoever is hired has not begun yet:
 * https://help.hibob.com/hc/en-us/articles/4409776355857
 */
const statuses: { readonly [status in PersonStatus]: string } = {
  active: `
    active, enabled, employed, current, current employee, working, on leave, leave, loa, leave of absence, paid
    leave, unpaid leave, parental leave, maternity leave, long term leave, absent, full-time, full time, part-time,
    part time, permanent, temporary, contractor, contract, intern, apprentice, trainee, casual, seasonal, furloughed, probation, in probation, true, yes, 1, a, l, allowed, sign-in allowed, unblocked,
    notice period, under notice, present, active external suite, active_external_suite, password expired,
    password_expired, recovery, locked_out, locked out, member, admin, owner, primary owner, workspace admin,
    workspace owner, org owner, bot, single-channel guest, multi-channel guest, restricted, ultra restricted,
    activated, confirmed, aktiv, beschäftigt, angestellt, werkstudent, praktikant, auszubildender, in elternzeit, elternzeit, mutterschutz, beurlaubt, ruhend,
    in mutterschutz, pflegezeit, sick leave, medical leave, paternity leave, family leave, military leave,
    congé maternité, congé paternité, congé parental, arrêt maladie, en arrêt, en arrêt maladie,
    wahr, ja, aktiviert, probezeit, actif, présent, en congé, congé, en poste, vrai, oui
  `,
  suspended: `
    suspended, disabled, locked, blocked, sign-in blocked, archived, false, no, 0, garden leave, gardening leave,
    frozen, gesperrt, deaktiviert, blockiert, freigestellt, falsch, nein, suspendu, bloqué, désactivé, faux, non
  `,
  deprovisioned: `
    leaver, left, terminated, t, offboarded, resigned, inactive, i, deprovisioned, deactivated, former, former
    employee, ex-employee, retired, deceased, dismissed, departed, exited, separated, inactive external suite,
    inactive_external_suite, no longer employed, not active, contract ended, alumni, inaktiv, ausgeschieden,
    ausgetreten, ehemalig, ehemaliger mitarbeiter, pensioniert, verstorben, in rente, inactif, parti, sorti, licencié,
    démissionné, retraité, ancien salarié
  `,
  deleted: 'deleted, removed, soft deleted, gelöscht, supprimé',
  invited: `
    invited, invited member, hired, pending, staged, provisioned, preboarding, pre-hire, prehire, onboarding, future hire,
    accepted, pending acceptance, pendingacceptance, unactivated, not started, eingeladen, invité, ausstehend,
    zukünftig
  `,
  unknown: 'unknown, unbekannt, inconnu',
};

const types: { readonly [type in NonNullable<Person['type']>]: string } = {
  human: 'human, person, employee, contractor, user, inetorgperson, contact, usermailbox, member, guest',
  'shared-mailbox': 'shared-mailbox, shared mailbox, sharedmailbox, mailbox, roommailbox, equipmentmailbox',
  group: 'group, team, distribution list, gruppe, groupe',
  bot: 'bot, app',
  service: 'service, service account, service-account, technical user, dienstkonto, compte de service',
};

/** What several systems call a human, in words that say no more than that they are of the house. */
const outsiders =
  /contract(?:or|ing)|contract (?:worker|staff)|^contract$|extern(?!al[ _]suite)|guest|freelanc|consult|contingent|vendor|temp(?:orary)? agency|agency|leih|gast|dienstleister|prestataire|intérim/;

/** What they call somebody of the house, under a heading that tells the two apart. */
const insiders =
  /^(?:internal|member|(?:regular |permanent |full[- ]time |part[- ]time |fixed[- ]term )?employee|regular|permanent(?: contract)?|fixed[- ]term|full[- ]time|part[- ]time|intern|trainee|apprentice|angestellte[rn]?|festangestellt(?:er?)?|mitarbeiter(?:in)?|unbefristet|befristet|vollzeit|teilzeit|praktikant(?:in)?|werkstudent(?:in)?|auszubildende[rn]?|interne|salarié|cdi|cdd|alternant|stagiaire)$/;

const lookup = <T extends string>(table: { readonly [meaning in T]: string }): ReadonlyMap<string, T> =>
  new Map(
    Object.entries<string>(table).flatMap(([meaning, words]) => listed(words).map((word) => [word, meaning as T])),
  );
const statusWords = lookup(statuses);
const typeWords = lookup(types);

/** The meanings to choose from, for somebody whose word is not known. */
export const plainStatuses = 'active, on leave, invited, suspended, terminated, deleted or unknown';
export const plainTypes = Object.keys(types).join(', ');

/** What a status word means; undefined when nobody knows it. */
export const statusOf = (word: string): PersonStatus | undefined => statusWords.get(simple(word));
/** What an account is; undefined when nobody knows the word. */
export const typeOf = (word: string): Person['type'] => typeWords.get(simple(word));
/** Whether somebody is of another house, where the word says so. */
export const isOutsider = (word: string): boolean | undefined =>
  flagOf(word) ?? (isOfOthers(word) ? true : insiders.test(simple(word)) ? false : undefined);
/** Whether a status says so by the way: `Contractor`. */
export const isOfOthers = (word: string): boolean => outsiders.test(simple(word));

/** Yes or no, in the words of spreadsheets; undefined for anything else. */
export function flagOf(word: string): boolean | undefined {
  const text = simple(word);
  if (/^(?:true|yes|y|t|1|x|ja|j|wahr|oui|o|vrai)$/.test(text)) return true;
  return /^(?:false|no|n|f|0|nein|falsch|non|faux)$/.test(text) ? false : undefined;
}

/** What spreadsheets and databases write into empty cells. */
export const isBlank = (text: string): boolean =>
  /^(?:-+|–|—|null|\(null\)|n\/a|#n\/a|nan|none|nil|undefined|k\. ?a\.|no_manager|no_hr)$/i.test(text);

const simple = (word: string): string => word.trim().normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ');
