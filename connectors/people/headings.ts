import type { Columns } from '../../src/formats/columns.ts';

/**
 * The columns of a people directory, and the headings under which other systems export them. Their sources are named
 * in readme.md.
 */
export const columns: Columns = {
  list: 'people',
  names: (
    'id name first_name last_name emails manager status enabled blocked account_control left_on moved_on teams aliases ' +
    'external type members contract_end admin'
  ).split(' '),
  headings: {
    id: `
      employee id, employee no, employee nr, employee number, emp id, empid, staff id, staff number, person id, person
      number, personnel number, worker id, associate id, file number, user id, object id, object guid, azure ad object
      id, user sys id, person id external, eeid, employee identifier, personalnummer, personal nr, personalnr, pers
      nr, persnr, mitarbeiternummer, mitarbeiter nr, mitarbeiter id, benutzer id, matricule, matricule salarié, numéro
      de matricule, id salarié
    `,
    name: `
      display name, full name, fullname, employee name, employee, worker, worker name, legal name, preferred name,
      payroll name, formatted name, last name first name, name full name, cn, anzeigename, mitarbeiter,
      mitarbeitername, vollständiger name, nom complet, nom et prénom, salarié
    `,
    first_name: `
      given name, forename, legal first name, preferred first name, name given name, vorname, prénom, prenom
    `,
    last_name: `
      surname, family name, legal last name, preferred last name, name family name, sn, nachname, familienname, nom,
      nom de famille
    `,
    emails: `
      email, e-mails, e-mail, mail, email address, e-mail address, email addresses, work email, work e-mail, company
      email, business email, corporate email, office email, primary email, primary email address, email primary work,
      work contact work email, work email address, primary work email, email id, user email, proxy addresses, primary smtp address, windows email
      address, alternate email address, alternate email addresses, alternate emails, other mails, other emails,
      secondary email, secondary emails, secondary e-mail, work secondary email, business email address, e-mail-adresse, email-adresse, mailadresse, e-mail dienstlich, geschäftliche
      e-mail, dienstliche e-mail, adresse e-mail, adresse email, adresse mail, courriel, e-mail professionnel, email
      professionnel
    `,
    manager: `
      supervisor, supervisor id, supervisor email, manager id, manager email, manager name, line manager, manager user
      id, manager employee id, manager email address, reports to, reports to email, reporting to, reporting to email,
      reports to name, supervisor name, reporting manager, direct manager, manager's email, worker’s manager, workers manager, vorgesetzter, vorgesetzte,
      vorgesetzte person, führungskraft, fuehrungskraft, manager/in, responsable, responsable hiérarchique, supérieur
      hiérarchique, n+1
    `,
    status: `
      employment status, employee status, worker status, position status, user status, account status, lifecycle
      status, lifecycle state, person status, hr status, assignment status, job status, sign in status, signin status,
      login status, active status, staff status, work status, okta status, beschäftigungsstatus, mitarbeiterstatus,
      personalstatus, statut, statut du salarié, état, zustand
    `,
    enabled: `
      account enabled, is enabled, active, is active, active?, currently active, activated, user active, login
      enabled, sign in allowed, aktiv, aktiviert, ist aktiv, actif, activé
    `,
    blocked: `
      block credential, blocked credential, sign in blocked, block sign in, is blocked, account disabled, disabled, is
      disabled, user disabled, suspended, is suspended, inactive, is inactive, deactivated, is deactivated, archived,
      is archived, deleted, is deleted, deprovisioned, gesperrt, deaktiviert, inaktiv, anmeldung blockiert, bloqué,
      désactivé, inactif, suspendu
    `,
    account_control: 'user account control',
    left_on: `
      leave date, leaving date, date left, left, leaver, last day, last working day, last work day, last day of work,
      last day worked, last day of employment, end date, employment end date, end of employment, employee end date,
      termination date, terminated, terminated on, date terminated, term date, effective termination date, termination
      effective date, separation date, exit date, exit on, departure date, depart date, offboarding date, date of exit, date of termination,
      employee leave date time, last date worked, end employment date, account expiration date, account expires,
      account expiry, account expiry date, expiration timestamp, soft deletion time stamp, deletion timestamp,
      deletion time, deleted date time, deleted on, deleted at, deactivated on, deactivation date, deactivated date,
      austritt, austrittsdatum, datum austritt, austritt am, ausgeschieden, ausgeschieden am, ausgetreten,
      austrittstermin, letzter arbeitstag, letzter tag, beschäftigungsende, ende der beschäftigung, enddatum,
      austrittsdat, date de sortie, date sortie, date de départ, date départ, dernier jour, date de fin, parti, parti
      le, sorti, sorti le, fin d’emploi, fin d'emploi
    `,
    contract_end: `
      contract end date, contract ends, contract ends on, end of contract, fixed term end date, contract expiry, contract expiry date,
      vertragsende, befristet bis, befristung, ende der befristung, date de fin de contrat, fin de contrat
    `,
    moved_on: 'transfer date, date of transfer, position start date, wechsel am, versetzt am, date de mutation',
    teams: `
      team, department, departments, department name, cost centre, cost center, org unit path, supervisory
      organization, home department, home department description, abteilung, abteilungen, bereich, kostenstelle,
      organisationseinheit, département, departement, service, équipe
    `,
    aliases: `
      alias, logins, login, username, user name, account name, login name, user logon name, user principal name, upn,
      sam account name, uid, distinguished name, dn, mail nickname, slack id, email aliases, secondary email
      addresses, github login, saml name id, account id, benutzername, anmeldename, kürzel, kurzzeichen, identifiant,
      nom d'utilisateur, nom d’utilisateur
    `,
    external: `
      contractor, is contractor, guest, is guest, user type, worker type, employee type, employment type, extern,
      externe, externer, mitarbeitertyp, beschäftigungsart, type de contrat
    `,
    type: 'account type, object class, object type, recipient type details',
    members: 'group members, mitglieder, membres',
    admin: 'is admin, administrator, is super admin, is administrator',
  },
  needless: `
    termination reason, reason for leaving, leaving reason, termination type, termination category, termination notes,
    resignation reason, regrettable termination, eligible for rehire, leave balance, leave type, exit interview,
    austrittsgrund, kündigungsgrund, motif de sortie, motif de départ, locked out, lockout time, account lockout time,
    account locked, locked, is locked, left handed, marital status, two factor enabled, mfa enabled, tfa enabled, has
    2fa, mfa status, dirsync enabled, bad logon count, billing active, probation end date, probation end, name prefix,
    last active, last activity, last active date, last activity date, benefits status, flsa status, visa status,
    invitation state, date activated, activated on, activated date, activated at,
    activation date, status changed date, external id, password status, license status, licence status
  `,
  dates: ['left_on', 'moved_on', 'contract_end'],
  // Whoever has neither a status nor a last day is taken to be here.
  vital: {
    columns: ['status', 'enabled', 'blocked', 'account_control', 'left_on', 'contract_end'],
    heading:
      /(?:^|[^a-z])(?:leav|left|exit|terminat|separat|resign|depart(?!ment)|last_(?:day|work)|end(?:_|s|ed|$)|until|status|state$|active|enabled|disabled|austritt|ausgesch|ende$|aktiv|gesperrt|sortie|départ|fin_|actif|statut)/,
    always: /(?:^|[^a-z])(?:leav|left|exit|terminat|separat|resign|departure|austritt|ausgesch|sortie|départ)/,
  },
};

/** Headings that only the directory of an organisation has, not a platform's list of its own users or customers. */
export const marks = `
  user principal name, sam account name, block credential, account enabled, user account control, termination date,
  employment status, lifecycle status, worker status, position status, org unit path, last working day, austrittsdatum,
  austritt, letzter arbeitstag, date de sortie
`;

/** Headings of lists that have a row for something else than a person, though they name one: it has a status too. */
export const otherThings =
  /\b(?:asset|device|serial|host ?name|laptop|ticket|amount|invoice|price|order|course|training|absence|leave (?:type|days|request)|hours|gerät|rechnung|betrag|urlaub\w*|montant|facture)\b/iu;
