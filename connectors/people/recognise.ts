import { headings, type Columns } from '../../src/formats/columns.ts';

/** The columns of a people directory; the other spellings are those of usual HR and directory exports. */
export const columns: Columns = {
  list: 'people',
  names: [
    'id',
    'name',
    'first_name',
    'last_name',
    'emails',
    'manager',
    'status',
    'left_on',
    'moved_on',
    'teams',
    'aliases',
    'external',
    'type',
    'members',
    'contract_end',
    'admin',
  ],
  // Whoever has neither a status nor a last day is taken to be here.
  vital: {
    columns: ['status', 'left_on', 'contract_end'],
    heading:
      /(?:^|[^a-z])(?:leav|left|exit|terminat|separat|resign|depart(?!ment)|last_(?:day|work)|end(?:_|s|ed|$)|until|status|state$|active|enabled|disabled|austritt|ende$|aktiv)/,
  },
  aliases: {
    employee_id: 'id',
    user_id: 'id',
    object_id: 'id',
    display_name: 'name',
    full_name: 'name',
    given_name: 'first_name',
    surname: 'last_name',
    family_name: 'last_name',
    vorname: 'first_name',
    nachname: 'last_name',
    email: 'emails',
    e_mail: 'emails',
    e_mails: 'emails',
    mail: 'emails',
    email_address: 'emails',
    work_email: 'emails',
    supervisor: 'manager',
    manager_id: 'manager',
    manager_email: 'manager',
    leave_date: 'left_on',
    last_day: 'left_on',
    end_date: 'left_on',
    termination_date: 'left_on',
    transfer_date: 'moved_on',
    team: 'teams',
    department: 'teams',
    logins: 'aliases',
    login: 'aliases',
    username: 'aliases',
    contractor: 'external',
    guest: 'external',
    // Microsoft Entra's own list of users.
    user_principal_name: 'aliases',
    account_enabled: 'status',
    // German HR systems.
    personalnummer: 'id',
    personal_nr: 'id',
    mitarbeiternummer: 'id',
    anzeigename: 'name',
    e_mail_adresse: 'emails',
    email_adresse: 'emails',
    mailadresse: 'emails',
    vorgesetzter: 'manager',
    vorgesetzte: 'manager',
    führungskraft: 'manager',
    austritt: 'left_on',
    austrittsdatum: 'left_on',
    letzter_arbeitstag: 'left_on',
    vertragsende: 'contract_end',
    abteilung: 'teams',
    benutzername: 'aliases',
    anmeldename: 'aliases',
    extern: 'external',
  },
};

/** True for a text that begins like a people directory: to find one at the root of a folder. */
export function looksLikePeople(text: string): boolean {
  const { known, strange } = headings(text, columns);
  const tellsWhoLeft = known.has('manager') && (known.has('status') || known.has('left_on'));
  if (known.has('emails') && known.size >= 3 && (strange === 0 || tellsWhoLeft)) return true;
  return (
    /^(?:---\s*\n|#[^\n]*\n|\s*\n)*people:\s*\n\s*-\s+\w+:/.test(text.slice(0, 4_000)) &&
    /^\s*-?\s*e?-?mails?:/m.test(text.slice(0, 4_000))
  );
}
